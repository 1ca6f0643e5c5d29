package io.tidemark.sender.cli;

import io.tidemark.sender.settings.SenderSettings;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-sender uninstall}. */
@Command(
        name = "uninstall",
        description = "Take away what Tidemark made on the primary: the replication slot and the publication.",
        footer = "Stop the service first. The next partial begins anew and needs a complete.")
final class UninstallCommand implements Callable<Integer> {
    @ParentCommand
    private SenderCommand node;

    @Override
    public Integer call() {
        SenderSettings settings = node.stepSettings();
        try (SenderWork work = node.open(settings)) {
            String name = work.partials().uninstall();
            node.console().close();
            if (node.json()) {
                node.console().json(Map.of("dropped", name));
            } else {
                node.console().line("slot and publication " + name + " are gone");
            }
            return 0;
        }
    }
}
