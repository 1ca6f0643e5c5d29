package io.tidemark.sender.cli;

import io.tidemark.cli.StopHook;
import io.tidemark.sender.settings.SenderSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-sender push}. */
@Command(name = "push", description = "Push what waits in the outbox, in order, and read receipts back.")
final class PushCommand implements Callable<Integer> {
    @ParentCommand
    private SenderCommand node;

    @Override
    public Integer call() {
        SenderSettings settings = node.stepSettings();
        try (SenderWork work = node.open(settings)) {
            PushOutcome push = PushOutcome.of(StopHook.during(work.node()::push, work.node()::stop));
            node.console().close();
            if (node.json()) {
                node.console().json(push);
            } else {
                push.print(node.console());
            }
            return push.exitCode();
        }
    }
}
