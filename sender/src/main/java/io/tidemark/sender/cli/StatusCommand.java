package io.tidemark.sender.cli;

import io.tidemark.bundle.BundleId;
import io.tidemark.cli.BundleReference;
import io.tidemark.cli.Console;
import io.tidemark.cli.ReceiptPrinter;
import io.tidemark.cli.Summary;
import io.tidemark.sender.media.MediaTrouble;
import io.tidemark.sender.media.MediaTrouble.Trouble;
import io.tidemark.sender.partial.PrimaryStatus;
import io.tidemark.sender.route.LinkResult;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.SentBundle;
import io.tidemark.text.Human;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-sender status}. */
@Command(
        name = "status",
        description = "Tell how far the receiver is behind and whether it is equal, or what became of one bundle.")
final class StatusCommand implements Callable<Integer> {
    @ParentCommand
    private SenderCommand node;

    @Parameters(
            arity = "0..1",
            paramLabel = "BUNDLE",
            description = "A bundle's name, its number, or latest: tell of it, table by table.")
    private @Nullable String reference;

    @Override
    public Integer call() {
        SenderSettings settings = node.settings();
        List<SentBundle> bundles = StateReader.bundles(settings);
        if (reference == null) {
            Instant now = Instant.now();
            List<Trouble> media = StateReader.read(settings, MediaTrouble::read).orElse(List.of());
            new NodeStatus(settings, bundles, partials(settings, bundles, now), link(settings), media, now).print(node);
        } else {
            print(find(bundles, reference));
        }
        return 0;
    }

    /** Empty where none are made, or nothing was made at all. */
    private static Optional<PartialStatus> partials(SenderSettings settings, List<SentBundle> bundles, Instant now) {
        if (!PartialMode.areMade(settings.partial().mode())) {
            return Optional.empty();
        }
        PrimaryStatus primary = PrimaryStatus.ask(settings);
        Optional<Instant> next = PartialStatus.next(settings, now);
        return StateReader.read(settings, state -> PartialStatus.of(state, bundles, primary, now, next));
    }

    private static Optional<LinkResult> link(SenderSettings settings) {
        return StateReader.read(settings, state -> state.note(LinkResult.NOTE))
                .flatMap(note -> note)
                .flatMap(LinkResult::read);
    }

    private static SentBundle find(List<SentBundle> bundles, String reference) {
        BundleId meant = new BundleReference(reference)
                .among(bundles.stream().map(SentBundle::id).toList());
        return bundles.stream()
                .filter(bundle -> bundle.id().equals(meant))
                .findFirst()
                .orElseThrow();
    }

    private void print(SentBundle bundle) {
        Console console = node.console();
        if (node.json()) {
            console.json(SentRow.of(bundle));
            return;
        }
        Summary.line(console, "bundle", bundle.id().name());
        Summary.line(console, "label", bundle.label());
        Summary.line(console, "created", Human.time(bundle.id().created()) + " in " + Human.duration(bundle.taken()));
        Summary.line(console, "on the wire", Human.bytes(bundle.bytes()));
        Summary.line(console, "rows", Human.count(bundle.rows()));
        Summary.line(console, "state", SentState.word(bundle));
        bundle.receipt().ifPresent(new ReceiptPrinter(console)::print);
    }
}
