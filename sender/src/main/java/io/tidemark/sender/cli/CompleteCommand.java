package io.tidemark.sender.cli;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.Manifest;
import io.tidemark.cli.Console;
import io.tidemark.cli.StopHook;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.sender.media.MediaTrouble;
import io.tidemark.sender.route.CompleteResult;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.SentBundle;
import io.tidemark.text.Human;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-sender complete}. */
@Command(
        name = "complete",
        description = "Make a complete bundle of database and media now, and push it.",
        footer = "A link that is down does not harm the bundle: it waits in the outbox, and the exit code is 5.")
final class CompleteCommand implements Callable<Integer> {
    @ParentCommand
    private SenderCommand node;

    @Option(
            names = "--label",
            paramLabel = "TEXT",
            defaultValue = "manual",
            description = "Why it is made, for lists, e.g. pre-deploy. Default: ${DEFAULT-VALUE}")
    private String label;

    @Option(
            names = "--accept-media-deletion",
            description = "Let media deletions through that media.delete-guard holds back.")
    private boolean acceptMediaDeletion;

    @Override
    public Integer call() {
        if (!Manifest.LABEL.matcher(label).matches()) {
            throw new TidemarkException(
                    FailureCode.USAGE,
                    "--label: \"" + label + "\" is no label",
                    "take 1 to 100 of A-Z a-z 0-9 _ . - and blanks");
        }
        SenderSettings settings =
                acceptMediaDeletion ? node.stepSettings().acceptingMediaDeletion() : node.stepSettings();
        try (SenderWork work = node.open(settings)) {
            if (settings.partial().given().isPresent()
                    && PartialMode.areMade(settings.partial().mode())) {
                work.node().prepare(work.partials());
            }
            CompleteResult result = StopHook.during(() -> work.node().complete(work.step(), label), work.node()::stop);
            PushOutcome push = PushOutcome.of(result.push());
            print(bundle(work, result.bundle()), push);
            if (!node.json()) {
                NodeStatus.tell(MediaTrouble.read(work.state()), node.console());
            }
            return push.exitCode();
        }
    }

    private static SentBundle bundle(SenderWork work, BundleId id) {
        return work.state().bundles().stream()
                .filter(bundle -> bundle.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void print(SentBundle bundle, PushOutcome push) {
        Console console = node.console();
        console.close();
        if (node.json()) {
            console.json(new Answer(SentRow.of(bundle), push.trouble() == null, push));
            return;
        }
        console.line("bundle " + bundle.id().name() + ": made in " + Human.duration(bundle.taken()));
        console.line("  " + Human.count(bundle.rows(), "row") + ", " + Human.bytes(bundle.bytes()) + " on the wire");
        push.print(console);
    }

    /** @param delivered whether all of it lies in the remote folder */
    record Answer(SentRow complete, boolean delivered, PushOutcome push) {}
}
