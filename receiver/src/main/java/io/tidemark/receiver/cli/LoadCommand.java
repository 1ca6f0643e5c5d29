package io.tidemark.receiver.cli;

import io.tidemark.cli.StopHook;
import io.tidemark.receiver.route.LoadReport;
import io.tidemark.receiver.route.ReceiverNode;
import io.tidemark.receiver.settings.ReceiverSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-receiver load}. */
@Command(
        name = "load",
        description = "Take in, verify and load everything that waits in the inbox, then end.",
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
            LoadReport report = StopHook.during(() -> receiver.load(acceptRowDrop), main::interrupt);
            node.console().close();
            return new LoadOutcome(report).print(node);
        }
    }
}
