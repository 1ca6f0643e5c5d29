package io.tidemark.receiver.cli;

import io.tidemark.cli.Console;
import io.tidemark.cli.Summary;
import io.tidemark.receiver.postprocess.StepState;
import io.tidemark.text.Human;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Post-processing for people, a line a step. */
final class StepLines {
    private StepLines() {}

    static void print(Console console, List<StepState> steps, Instant now) {
        for (StepState step : steps) {
            Summary.line(console, "step", step.name() + ": " + step.state() + reached(step) + when(step, now));
            if (!step.message().isEmpty()) {
                Summary.line(console, "", step.message().lines().findFirst().orElse(""));
            }
        }
    }

    private static String reached(StepState step) {
        String bundle = step.bundle() == null ? "" : ", done with bundle " + step.bundle();
        return bundle + (step.behind() == 0 ? "" : ", " + Human.count(step.behind(), "load") + " to do");
    }

    private static String when(StepState step, Instant now) {
        if (step.failures() > 0) {
            return ", " + Human.count(step.failures(), "failure") + " in a row"
                    + (step.retry() == null || step.retry().isBefore(now)
                            ? ""
                            : ", tried again in " + Human.duration(Duration.between(now, step.retry())));
        }
        return step.milliseconds() == null ? "" : " in " + Human.duration(Duration.ofMillis(step.milliseconds()));
    }
}
