package io.tidemark.receiver.cli;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.cli.BundleReference;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.restore.Export;
import io.tidemark.text.Human;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-receiver export}. */
@Command(
        name = "export",
        description = "Write a bundle of the archive as one tar that restores with tar, zstd and psql alone.")
final class ExportCommand implements Callable<Integer> {
    @ParentCommand
    private ReceiverCommand node;

    @Parameters(paramLabel = "BUNDLE", description = "A bundle's name, its number, or latest for the newest complete.")
    private String reference;

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            defaultValue = ".",
            description = "Where the tar is written, under the bundle's name. Default: here")
    private Path target;

    @Override
    public Integer call() throws IOException {
        Archive archive = new Archive(node.settings().archiveFolder());
        BundleId bundle = meant(archive.bundles());
        Path file = new Export(archive).export(bundle, target.toAbsolutePath().normalize());
        long bytes = Files.size(file);
        if (node.json()) {
            node.console().json(new Answer(bundle.name(), file.toString(), bytes));
        } else {
            node.console().line(file + ", " + Human.bytes(bytes));
        }
        if (bundle.kind() == BundleKind.PARTIAL && !node.json()) {
            node.console().aside("a partial holds changes alone, and restores nothing by itself");
            node.console().aside("hint: tidemark-receiver export latest takes the newest complete");
        }
        return 0;
    }

    /** What is exported is to be restored from, which a partial is not. */
    private BundleId meant(List<BundleId> all) {
        BundleReference meant = new BundleReference(reference);
        return meant.among(
                meant.isLatest()
                        ? all.stream()
                                .filter(bundle -> bundle.kind() == BundleKind.COMPLETE)
                                .toList()
                        : all);
    }

    /** An export for scripts. */
    record Answer(String bundle, String file, long bytes) {}
}
