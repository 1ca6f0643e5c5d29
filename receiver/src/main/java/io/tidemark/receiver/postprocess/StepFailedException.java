package io.tidemark.receiver.postprocess;

/** A run that did not end well; its message is for people. */
final class StepFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whether it was ended because a load waited for it, or the service stops: nobody's fault. */
    private final boolean blameless;

    StepFailedException(String message, boolean blameless) {
        super(message);
        this.blameless = blameless;
    }

    boolean blameless() {
        return blameless;
    }
}
