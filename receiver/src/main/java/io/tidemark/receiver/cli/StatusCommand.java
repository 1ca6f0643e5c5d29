package io.tidemark.receiver.cli;

import io.tidemark.receiver.settings.ReceiverSettings;
import io.tidemark.receiver.status.BundleList;
import io.tidemark.receiver.status.BundleRow;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-receiver status}. */
@Command(
        name = "status",
        description = "Tell how far the replica is behind and whether it is equal, or what became of one bundle.")
final class StatusCommand implements Callable<Integer> {
    @ParentCommand
    private ReceiverCommand node;

    @Parameters(
            arity = "0..1",
            paramLabel = "BUNDLE",
            description = "A bundle's name, its number, or latest: tell of it, table by table.")
    private @Nullable String reference;

    @Override
    public Integer call() throws IOException {
        ReceiverSettings settings = node.settings();
        List<BundleRow> rows = new BundleList(settings).rows();
        if (reference == null) {
            new NodeStatus(
                            settings,
                            rows,
                            new BundleList(settings).sources(),
                            new BundleList(settings).steps(),
                            Clock.systemUTC())
                    .print(node);
            return 0;
        }
        new BundleDetail(node.console()).print(node, rows, reference);
        return 0;
    }
}
