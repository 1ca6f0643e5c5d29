package io.tidemark.receiver.cli;

import io.tidemark.cli.StopHook;
import io.tidemark.receiver.postprocess.StepOutcome;
import io.tidemark.receiver.route.LoadReport;
import io.tidemark.receiver.route.ReceiverNode;
import io.tidemark.receiver.settings.ReceiverSettings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-receiver load}. */
@Command(
        name = "load",
        description = "Take in, verify and load everything that waits in the inbox, run post-processing, then end.",
        footer = "Nothing to do is a success.")
final class LoadCommand implements Callable<Integer> {
    @ParentCommand
    private ReceiverCommand node;

    @Option(
            names = "--accept-row-drop",
            description = "Load a complete even where tables lose more rows than load.row-drop allows.")
    private boolean acceptRowDrop;

    @Override
    public Integer call() {
        ReceiverSettings settings = node.stepSettings();
        try (ReceiverNode receiver = node.open(settings, node.console().progress())) {
            Thread main = Thread.currentThread();
            Loaded loaded =
                    StopHook.during(() -> new Loaded(receiver.load(acceptRowDrop), receiver.postProcess(true)), () -> {
                        receiver.stop();
                        main.interrupt();
                    });
            node.console().close();
            return new LoadOutcome(loaded.report(), loaded.steps()).print(node);
        }
    }

    /** Both halves of a load. */
    private record Loaded(LoadReport report, List<StepOutcome> steps) {}
}
