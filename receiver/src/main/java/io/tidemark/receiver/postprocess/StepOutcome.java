package io.tidemark.receiver.postprocess;

/**
 * How a run of a step ended.
 *
 * @param failure why it is not done; empty where it is
 * @param madeWay whether it only made way for a load, and goes on soon
 */
public record StepOutcome(String step, boolean required, String failure, boolean madeWay) {
    public boolean done() {
        return failure.isEmpty();
    }

    public boolean failed() {
        return !done() && !madeWay;
    }
}
