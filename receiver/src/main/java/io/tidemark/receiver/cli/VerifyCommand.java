package io.tidemark.receiver.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.bundle.BundleId;
import io.tidemark.cli.BundleReference;
import io.tidemark.cli.Console;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.restore.Verify;
import io.tidemark.receiver.restore.VerifyMedia;
import io.tidemark.receiver.restore.VerifyReport;
import io.tidemark.receiver.settings.ReceiverSettings;
import io.tidemark.text.Human;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tidemark-receiver verify}. */
@Command(
        name = "verify",
        description = "Check a whole bundle without a database: every entry and every content is read to its end.",
        footer = "A damaged bundle, and a media folder that is not as it should be, end with exit code 7. Nothing is"
                + " changed.")
final class VerifyCommand implements Callable<Integer> {
    @ParentCommand
    private ReceiverCommand node;

    @Option(
            names = "--media",
            description =
                    "Check the media folder instead: read every file that the last complete and the partials since"
                            + " say is there.")
    private boolean media;

    @Parameters(
            arity = "0..1",
            paramLabel = "BUNDLE|PATH",
            description =
                    "A bundle of the archive, by name, number or latest; or the path of an exported tar, of a last"
                            + " volume beside its others, or of a folder with the volumes of one bundle.")
    private @Nullable String what;

    @Override
    public Integer call() throws IOException {
        if (media == (what != null)) {
            throw new TidemarkException(
                    FailureCode.USAGE,
                    "verify takes either a bundle or --media",
                    "tidemark-receiver verify latest, or tidemark-receiver verify --media");
        }
        return media ? folder() : bundle(String.valueOf(what));
    }

    private int folder() throws IOException {
        ReceiverSettings settings = node.settings();
        Path folder = settings.mediaFolder()
                .orElseThrow(() -> new TidemarkException(
                        FailureCode.USAGE,
                        "media.folder is not set",
                        "media are in the archive only: verify a bundle"));
        VerifyMedia.Report report = new VerifyMedia(new Archive(settings.archiveFolder()), folder).run();
        Console console = node.console();
        if (node.json()) {
            console.json(report);
        } else {
            report.problems().forEach(console::line);
            if (report.more()) {
                console.line("… and more");
            }
            console.line(folder + " is " + (report.good() ? "good" : "NOT as the bundles say") + ": "
                    + Human.count(report.files(), "media file") + ", " + Human.bytes(report.bytes()) + " read");
        }
        return report.good() ? 0 : FailureCode.REFUSED.exitCode();
    }

    private int bundle(String what) throws IOException {
        VerifyReport report = verify(what);
        if (node.json()) {
            node.console().json(Answer.of(report));
        } else {
            print(node.console(), report);
        }
        return report.good() ? 0 : FailureCode.REFUSED.exitCode();
    }

    private VerifyReport verify(String what) throws IOException {
        Path path = Path.of(what);
        if (what.indexOf('/') >= 0 || Files.exists(path)) {
            return new TarsToVerify(path.toAbsolutePath().normalize()).verify();
        }
        Archive archive = new Archive(node.settings().archiveFolder());
        return new Verify(archive).bundle(new BundleReference(what).among(archive.bundles()));
    }

    private static void print(Console console, VerifyReport report) {
        report.problems().forEach(console::line);
        if (report.more()) {
            console.line("… and more");
        }
        String name = report.bundle().map(BundleId::name).orElse("the bundle");
        String counts = Human.count(report.tables(), "table") + ", " + Human.count(report.rows(), "row") + ", "
                + Human.count(report.mediaFiles(), "media file") + "; " + Human.count(report.contents(), "content")
                + " read, " + Human.bytes(report.bytes());
        String elsewhere = report.elsewhere() == 0
                ? ""
                : "; " + Human.count(report.elsewhere(), "content") + " not in these files";
        console.line(name + " is " + (report.good() ? "good" : "DAMAGED") + ": " + counts + elsewhere);
    }

    /** A report for scripts. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            boolean good,
            @Nullable String bundle,
            long tables,
            long rows,
            long mediaFiles,
            long contents,
            long bytes,
            long elsewhere,
            List<String> problems,
            boolean more) {
        static Answer of(VerifyReport report) {
            return new Answer(
                    report.good(),
                    report.bundle().map(BundleId::name).orElse(null),
                    report.tables(),
                    report.rows(),
                    report.mediaFiles(),
                    report.contents(),
                    report.bytes(),
                    report.elsewhere(),
                    report.problems(),
                    report.more());
        }
    }
}
