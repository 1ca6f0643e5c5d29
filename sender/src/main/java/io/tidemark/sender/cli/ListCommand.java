package io.tidemark.sender.cli;

import io.tidemark.cli.TextTable;
import io.tidemark.sender.state.SentBundle;
import io.tidemark.text.Human;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-sender list}. */
@Command(name = "list", description = "List the bundles of this sender, oldest first, with what became of each.")
final class ListCommand implements Callable<Integer> {
    @ParentCommand
    private SenderCommand node;

    @Override
    public Integer call() {
        List<SentBundle> bundles = StateReader.bundles(node.settings());
        if (node.json()) {
            node.console()
                    .json(bundles.stream()
                            .map(SentRow::of)
                            .map(SentRow::withoutTables)
                            .toList());
        } else if (bundles.isEmpty()) {
            node.console().line("no bundles yet");
        } else {
            table(bundles).lines().forEach(node.console()::line);
        }
        return 0;
    }

    private static TextTable table(List<SentBundle> bundles) {
        TextTable table = new TextTable(
                "BUNDLE", "KIND", "CREATED (UTC)", ">ON THE WIRE", ">ROWS", ">TOOK", "STATE", "EQUAL", "LABEL");
        for (SentBundle bundle : bundles) {
            table.row(
                    bundle.id().name(),
                    bundle.id().kind().word(),
                    Human.time(bundle.id().created()),
                    Human.bytes(bundle.bytes()),
                    Human.count(bundle.rows()),
                    Human.duration(bundle.taken()),
                    SentState.word(bundle),
                    SentState.equal(bundle),
                    bundle.label());
        }
        return table;
    }
}
