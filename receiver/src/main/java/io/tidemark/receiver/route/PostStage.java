package io.tidemark.receiver.route;

import io.tidemark.alarm.Alarms;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.postprocess.PostProcessing;
import io.tidemark.receiver.postprocess.StepLedger;
import io.tidemark.receiver.postprocess.StepOutcome;
import io.tidemark.receiver.postprocess.StepState;
import io.tidemark.receiver.settings.PostStep;
import java.util.List;
import java.util.Optional;

/** Post-processing as loading and the service see it. Loads need to know of the steps, so these are registered before the first one. */
final class PostStage {
    private static final String HINT = "mend it and wait, or run tidemark-receiver load; status tells more";

    private final List<PostStep> steps;
    private final StepLedger ledger;
    private final PostProcessing processing;
    private final Alarms alarms;
    private boolean registered;

    PostStage(List<PostStep> steps, StepLedger ledger, PostProcessing processing, Alarms alarms) {
        this.steps = steps;
        this.ledger = ledger;
        this.processing = processing;
        this.alarms = alarms;
    }

    /** Only for who holds the lock of loads: one that began before would note nothing for a new step. */
    synchronized void register() {
        if (!registered) {
            ledger.register(steps);
            registered = true;
        }
    }

    synchronized boolean isRegistered() {
        return registered;
    }

    /** @throws TidemarkException (HELD) where a required step has failed: nothing is loaded before it has been done */
    void beforeLoad() {
        register();
        if (steps.stream().noneMatch(PostStep::required)) {
            return;
        }
        Optional<StepState> holding = ledger.holding();
        if (holding.isPresent()) {
            throw new TidemarkException(
                    FailureCode.HELD,
                    "step " + holding.get().name() + " of post-processing has failed and is required: "
                            + firstLine(holding.get().message()),
                    HINT);
        }
    }

    List<StepOutcome> run(boolean now) {
        if (steps.isEmpty()) {
            return List.of();
        }
        List<StepOutcome> outcomes = processing.pass(now);
        for (StepOutcome outcome : outcomes) {
            if (outcome.failed()) {
                alarms.failed(
                        ReceiverCamel.POST_PROCESS,
                        outcome.step(),
                        new TidemarkException(
                                FailureCode.POST_PROCESS,
                                "step " + outcome.step() + ": " + firstLine(outcome.failure()),
                                HINT));
            } else if (outcome.done()) {
                alarms.succeeded(ReceiverCamel.POST_PROCESS, outcome.step());
            }
        }
        return outcomes;
    }

    void stop() {
        processing.stop();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
