package io.tidemark.sender.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.cli.Console;
import io.tidemark.cli.StopHook;
import io.tidemark.sender.media.MediaTrouble;
import io.tidemark.sender.route.PartialResult;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.ChainState;
import io.tidemark.sender.state.SentBundle;
import io.tidemark.text.Human;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-sender partial}. */
@Command(
        name = "partial",
        description = "Make a partial bundle of what was committed since the last one, and push it.",
        footer = "Where nothing changed there is none, and that is a success. A link that is down does not harm the"
                + " bundle: it waits in the outbox, and the exit code is 5.")
final class PartialCommand implements Callable<Integer> {
    @ParentCommand
    private SenderCommand node;

    @Option(
            names = "--accept-media-deletion",
            description = "Let media deletions through that media.delete-guard holds back.")
    private boolean acceptMediaDeletion;

    @Override
    public Integer call() {
        SenderSettings settings =
                acceptMediaDeletion ? node.stepSettings().acceptingMediaDeletion() : node.stepSettings();
        try (SenderWork work = node.open(settings)) {
            PartialMode.require(settings.partial().mode());
            PartialResult result =
                    StopHook.during(() -> work.node().partial(work.partials(), "manual"), work.node()::stop);
            List<SentBundle> made = result.bundles().stream()
                    .map(work.state()::bundle)
                    .flatMap(Optional::stream)
                    .toList();
            PushOutcome push = PushOutcome.of(result.push());
            print(made, push, work.state().chain().openRequest().map(ChainState.Request::reason));
            if (!node.json()) {
                NodeStatus.tell(MediaTrouble.read(work.state()), node.console());
            }
            return push.exitCode();
        }
    }

    private void print(List<SentBundle> made, PushOutcome push, Optional<String> completeNeeded) {
        Console console = node.console();
        console.close();
        if (node.json()) {
            List<SentRow> rows = made.stream().map(SentRow::of).toList();
            console.json(new Answer(rows, push.trouble() == null, completeNeeded.orElse(null), push));
            return;
        }
        if (made.isEmpty()) {
            console.line("nothing changed since the last partial");
        }
        for (SentBundle bundle : made) {
            console.line("bundle " + bundle.id().name() + ": made in " + Human.duration(bundle.taken()));
            console.line("  " + Human.count(bundle.rows(), "row") + " changed, " + Human.bytes(bundle.bytes())
                    + " on the wire");
        }
        push.print(console);
        completeNeeded.ifPresent(reason -> {
            console.aside("a complete is needed: " + reason);
            console.aside("hint: the service makes it by itself; else run tidemark-sender complete");
        });
    }

    /**
     * @param partials those made; none where nothing changed
     * @param delivered whether all of it lies in the remote folder
     * @param completeNeeded why partials alone do not make the replica equal; absent where they do
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            List<SentRow> partials,
            boolean delivered,
            @Nullable String completeNeeded,
            PushOutcome push) {}
}
