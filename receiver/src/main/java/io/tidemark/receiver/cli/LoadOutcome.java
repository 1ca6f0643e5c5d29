package io.tidemark.receiver.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.cli.Console;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receipt.Receipt;
import io.tidemark.receipt.Receipt.TableResult;
import io.tidemark.receiver.inbox.Imported;
import io.tidemark.receiver.postprocess.StepOutcome;
import io.tidemark.receiver.route.BundleOutcome;
import io.tidemark.receiver.route.LoadReport;
import io.tidemark.text.Human;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A load for people and scripts. */
final class LoadOutcome {
    private final LoadReport report;
    private final List<StepOutcome> steps;

    LoadOutcome(LoadReport report, List<StepOutcome> steps) {
        this.report = report;
        this.steps = steps;
    }

    /** @return the exit code */
    int print(ReceiverCommand node) {
        if (node.json()) {
            node.console().json(answer());
        } else {
            print(node.console());
        }
        int ofSteps = steps.stream().anyMatch(StepOutcome::failed) ? FailureCode.POST_PROCESS.exitCode() : 0;
        return report.failure().map(failure -> failure.code().exitCode()).orElse(ofSteps);
    }

    private void print(Console console) {
        List<Imported> refused =
                report.volumes().stream().filter(Imported::refused).toList();
        refused.forEach(volume -> {
            console.aside("volume " + volume.volume() + " is refused: " + volume.refusal());
            console.aside("hint: it lies in quarantine; the sender sends what lacks with its next bundle");
        });
        if (report.volumes().isEmpty() && report.bundles().isEmpty()) {
            console.line("nothing waits in the inbox");
        } else if (report.bundles().isEmpty()) {
            console.line("took in " + Human.count(report.volumes().size() - refused.size(), "volume")
                    + "; no bundle is whole yet");
        }
        report.bundles().forEach(outcome -> print(console, outcome));
        steps.forEach(step -> print(console, step));
    }

    private static void print(Console console, StepOutcome step) {
        if (step.done()) {
            console.line("step " + step.step() + ": done");
        } else {
            console.aside("step " + step.step() + ": " + step.failure());
            console.aside("hint: it is tried again with the next load; nothing has to be loaded again");
        }
    }

    private static void print(Console console, BundleOutcome outcome) {
        String name = "bundle " + outcome.bundle().name();
        Receipt receipt = outcome.receipt();
        if (outcome.failure().isPresent()) {
            TidemarkException failure = outcome.failure().get();
            console.aside(name + ": " + failure.text());
            console.aside("hint: " + failure.hint());
        } else if (receipt.state() == Receipt.State.COVERED) {
            console.line(name + ": nothing to do: " + receipt.reason());
        } else {
            long tables = receipt.tables().size();
            console.line(name + ": loaded in " + Human.duration(Duration.ofMillis(receipt.milliseconds())));
            console.line("  " + Human.count(sum(receipt, TableResult::inserted), "row") + " inserted, "
                    + Human.count(sum(receipt, TableResult::updated)) + " updated, "
                    + Human.count(sum(receipt, TableResult::deleted)) + " deleted");
            console.line("  " + Human.count(tables, "table")
                    + (receipt.equal() ? ", all equal to the primary" : ", NOT all equal to the primary"));
        }
    }

    private static long sum(Receipt receipt, ToLongFunction<TableResult> count) {
        return receipt.tables().stream().mapToLong(count).sum();
    }

    private Answer answer() {
        return new Answer(
                report.failure().isEmpty(),
                report.volumes().size(),
                report.volumes().stream().mapToLong(Imported::bytes).sum(),
                report.volumes().stream()
                        .filter(Imported::refused)
                        .map(Refused::of)
                        .toList(),
                report.bundles().stream().map(Loaded::of).toList(),
                steps);
    }

    /**
     * @param ok whether the newest bundle that came is loaded, or none came
     * @param bytes of the volumes
     */
    record Answer(
            boolean ok,
            int volumes,
            long bytes,
            List<Refused> refused,
            List<Loaded> bundles,
            List<StepOutcome> steps) {}

    /** A volume that lies in quarantine. */
    record Refused(String volume, String reason) {
        static Refused of(Imported imported) {
            return new Refused(imported.volume().fileName(), imported.refusal());
        }
    }

    /** @param code why it was not loaded; absent where it was, or had been */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Loaded(String bundle, @Nullable FailureCode code, Receipt receipt) {
        static Loaded of(BundleOutcome outcome) {
            return new Loaded(
                    outcome.bundle().name(),
                    outcome.failure().map(TidemarkException::code).orElse(null),
                    outcome.receipt());
        }
    }
}
