package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.alarm.Alarms;
import io.tidemark.bundle.BundleId;
import io.tidemark.crash.CrashPoints;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.progress.Progress;
import io.tidemark.receipt.Receipt;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.restore.Verify;
import io.tidemark.receiver.restore.VerifyMedia;
import io.tidemark.receiver.route.LoadReport;
import io.tidemark.receiver.route.ReceiverNode;
import io.tidemark.receiver.settings.ReceiverSettings;
import io.tidemark.sender.cli.SenderWork;
import io.tidemark.sender.settings.SenderSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Contents of media that expire: those of kept bundles stay, and what went crosses again when a file needs it. */
final class ExpiredMediaIT {
    private static final Duration LIFETIME = Duration.ofHours(6);

    private final Pair pair = Ground.empty();
    private final SteppedClock clock = new SteppedClock(Instant.parse("2026-05-12T16:00:00Z"));
    private final Random random = new Random(5);
    private final byte[] gone = content();
    private final byte[] young = content();
    private final byte[] late = content();

    private byte[] content() {
        byte[] bytes = new byte[3000];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void whatABundleNamesStaysAndWhatExpiredCrossesAgain() throws IOException {
        pair.nodes().allowPartials();
        pair.primary("create table report (id int primary key)");
        write("steady.jpeg", content());
        try (SenderWork sender = sender()) {
            sender.node().prepare(sender.partials());
        }
        complete();

        write("gone.jpeg", gone);
        partial();
        pass(LIFETIME);
        write("young.jpeg", young);
        BundleId keptForItsAge = partial();
        // Nobody has said that they are gone when the complete is cut.
        delete("gone.jpeg");
        delete("young.jpeg");
        complete();
        write("late.jpeg", late);
        BundleId keptForTheLastComplete = partial();
        delete("late.jpeg");
        partial();

        pass(Duration.ofMinutes(1));
        expire();
        assertThat(isStored(gone)).as("named by nothing that is kept").isFalse();
        assertThat(isStored(young)).as("named by a partial within its lifetime").isTrue();
        assertThat(isStored(late))
                .as("named by a partial after the last complete")
                .isTrue();
        verify(keptForItsAge);
        verify(keptForTheLastComplete);
        verifyFolder();

        write("again/gone.jpeg", gone);
        write("again/young.jpeg", young);
        write("again/late.jpeg", late);
        verify(partial());
        pair.assertEqual();
        assertThat(isStored(gone)).as("it crossed again").isTrue();
        complete();
        pass(LIFETIME.multipliedBy(2));
        expire();
        verifyFolder();
        complete();
        verifyFolder();
        pair.assertEqual();
    }

    private void pass(Duration time) {
        clock.moveTo(clock.instant().plus(time));
    }

    /** Made, pushed and loaded at the first try; gives the last one. */
    private BundleId partial() {
        pair.primary("insert into report select count(*) from report");
        BundleId last;
        try (SenderWork sender = sender()) {
            var made = sender.node().partial(sender.partials(), "test");
            assertThat(made.push().failure()).as("push").isEmpty();
            last = made.bundles().get(made.bundles().size() - 1);
        }
        load();
        return last;
    }

    private void complete() {
        try (SenderWork sender = sender()) {
            assertThat(sender.node().complete(sender.step(), "test").delivered())
                    .isTrue();
        }
        load();
    }

    private void load() {
        try (ReceiverNode receiver = receiver()) {
            LoadReport report = receiver.load(false);
            assertThat(report.failure()).as("load").isEmpty();
            assertThat(report.bundles())
                    .isNotEmpty()
                    .allMatch(outcome -> outcome.receipt().state() == Receipt.State.LOADED);
        }
    }

    private void expire() {
        try (ReceiverNode receiver = receiver()) {
            receiver.expire(false);
        }
    }

    private SenderWork sender() {
        SenderSettings settings = SenderSettings.read(pair.sender().file(), Map.of());
        return SenderWork.open(settings, clock, Progress.none(), CrashPoints.none(), Alarms.none());
    }

    private ReceiverNode receiver() {
        Path settings = pair.receiver()
                .with("lifetime.partial", LIFETIME.toHours() + "h")
                .with("lifetime.complete", LIFETIME.toHours() + "h")
                .file();
        return new ReceiverNode(ReceiverSettings.read(settings, Map.of()), clock, Progress.none(), CrashPoints.none());
    }

    private void verify(BundleId bundle) throws IOException {
        Archive archive = new Archive(pair.nodes().archive().resolveSibling(""));
        assertThat(new Verify(archive).bundle(bundle).good())
                .as("verify %s", bundle)
                .isTrue();
    }

    /** What the folder holds is known although bundles that brought files, and contents that they named, are gone. */
    private void verifyFolder() throws IOException {
        Archive archive = new Archive(pair.nodes().archive().resolveSibling(""));
        VerifyMedia.Report report = new VerifyMedia(archive, pair.nodes().mediaTarget()).run();
        assertThat(report.problems()).as("problems of the media folder").isEmpty();
        assertThat(report.files())
                .as("files that have to be there")
                .isEqualTo(Pair.files(pair.nodes().mediaSource(), "").size());
    }

    private boolean isStored(byte[] content) throws IOException {
        for (Path stored : Pair.files(pair.nodes().archive().resolve("blobs"), "")) {
            if (Files.size(stored) == content.length && Arrays.equals(Files.readAllBytes(stored), content)) {
                return true;
            }
        }
        return false;
    }

    private void write(String path, byte[] content) {
        Path file = pair.nodes().mediaSource().resolve(path);
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(String path) {
        Scratch.delete(pair.nodes().mediaSource().resolve(path));
    }
}
