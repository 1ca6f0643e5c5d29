package io.tidemark.deploy.twonode;

import static io.tidemark.deploy.twonode.Pair.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.crash.CrashPoints;
import io.tidemark.deploy.kit.FolderCompare;
import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.failure.FailureCode;
import io.tidemark.receiver.load.LoadStep;
import io.tidemark.receiver.media.MediaStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Media with every partial, by command and with both services at work. */
final class PartialMediaIT {
    private static final int KILOBYTE = 1024;
    /** Kilobytes of the smallest of the first ones. */
    private static final int PICTURE = 200;

    private static final int PICTURES = 40;
    /** Of a picture, and of the row that names it. */
    private static final Duration LIFE = Duration.ofSeconds(4);

    private final Pair pair = Ground.empty();
    private final Path source = pair.nodes().mediaSource();
    private final Path target = pair.nodes().mediaTarget();
    private final Random random = new Random(Long.getLong("SEED", 3));

    private void begin() {
        pair.nodes().allowPartials();
        pair.primary("create table report (id int primary key, picture text)");
        for (int i = 0; i < 20; i++) {
            picture("a/" + i + ".jpeg", PICTURE);
        }
        pair.sender().run("partial");
        pair.sender().run("complete");
        pair.receiver().run("load");
    }

    private void picture(String path, int kilobytes) {
        byte[] bytes = new byte[kilobytes * KILOBYTE];
        random.nextBytes(bytes);
        try {
            Files.createDirectories(source.resolve(path).resolveSibling(""));
            Files.write(source.resolve(path), bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void travel() {
        pair.sender().run("partial");
        pair.receiver().run("load");
    }

    private void assertSame(String when) {
        assertThat(FolderCompare.of(source, target).differences()).as(when).isEmpty();
    }

    /**
     * Ten completes, some loaded and some not, partials between them, and files that are renamed, copied and removed all the while: each time
     * less crosses than the smallest content, and where one is new that one once.
     */
    @Test
    void aContentCrossesTheWireOnceWhateverHappensToItsFiles() throws IOException {
        begin();
        Node sender = pair.sender();
        Path folder = source.resolve("a");
        for (int round = 1; round <= 10; round++) {
            folder = Files.move(folder, source.resolve("moved " + round));
            Files.copy(folder.resolve(round + ".jpeg"), source.resolve("copy " + round));
            Files.deleteIfExists(source.resolve("copy " + (round - 2)));
            boolean partial = round == 3 || round == 8;
            boolean fresh = round == 5 || round == 8;
            if (fresh) {
                picture("new " + round, 3 * PICTURE);
                Files.copy(source.resolve("new " + round), source.resolve("new too " + round));
            }
            pair.wire().resetCounts();
            if (partial) {
                sender.run("partial");
                pair.receiver().run("load");
                assertSame("after the partial of round " + round);
            }
            sender.run("complete");
            long least = fresh ? 3L * PICTURE * KILOBYTE : 0;
            assertThat(pair.wire().toServer())
                    .as("bytes on the wire in round %d", round)
                    .isBetween(least, least + PICTURE * KILOBYTE);
            Files.deleteIfExists(source.resolve("new " + round));
        }
        pair.receiver().run("load");
        pair.assertEqual();
        assertThat(pair.receiver().run("list", "latest").output()).contains("media");
    }

    @Test
    void lateAndRepeatedBundlesTakeNoFileBackInTime() throws IOException {
        begin();
        PartialIT.Chained chained = new PartialIT.Chained(pair, pair.sender(), pair.receiver());
        pair.sender().run("complete");
        Path late = chained.setAside("-complete");
        picture("a/1.jpeg", 10);
        Files.delete(source.resolve("a/2.jpeg"));
        picture("b/new.jpeg", 10);
        pair.sender().run("partial");
        Path partials = chained.setAside("-partial");
        chained.deliver(partials);
        pair.receiver().run("load");
        assertSame("before the complete that was cut earlier");
        chained.deliver(late);
        pair.receiver().run("load");
        assertSame("after it");

        Files.delete(source.resolve("b/new.jpeg"));
        picture("a/2.jpeg", 10);
        travel();
        assertSame("once more");
        chained.deliver(partials);
        pair.receiver().run("load");
        assertSame("after the first partials came again");
        chained.complete();
        chained.deliver(partials);
        pair.receiver().run("load");
        pair.assertEqual();
    }

    @Test
    void aReceiverThatIsHaltedWhileItPlacesOrRemovesFinishesTheNextTime() throws IOException {
        begin();
        int round = 0;
        for (Enum<?> step : List.of(
                MediaStep.MEDIA_RENAME,
                LoadStep.MEDIA_READY,
                io.tidemark.receiver.load.partial.ApplyStep.AFTER_PARTIAL_COMMIT,
                MediaStep.MEDIA_REMOVE)) {
            picture("c/" + round + ".jpeg", 10);
            picture("a/9.jpeg", 10);
            Files.delete(source.resolve("a/" + round + ".jpeg"));
            pair.primary("insert into report values (" + round++ + ", 'any')");
            pair.sender().run("partial");
            Node halted = pair.receiver().environment(CrashPoints.VARIABLE, CrashPoints.word(step));
            assertThat(halted.tryRun("load").exitCode()).as("halt at %s", step).isEqualTo(CrashPoints.EXIT_CODE);
            pair.receiver().run("load");
            pair.assertEqual();
        }
    }

    @Test
    void whatTheReceiverLostComesWithAPartialAndVerifyNamesWhatIsWrong() throws IOException {
        begin();
        Path lost = content(source.resolve("a/3.jpeg"));
        Scratch.delete(lost);
        Files.copy(source.resolve("a/3.jpeg"), source.resolve("copy of 3.jpeg"));
        pair.sender().run("partial");
        assertFailed(pair.receiver().tryRun("load"), FailureCode.HELD);
        pair.sender().run("push");
        travel();
        assertSame("the content came again");

        picture("d.jpeg", 5);
        travel();
        assertThat(pair.receiver().run("verify", "latest").output()).contains("is good");
        assertThat(pair.receiver().run("verify", "--media").output()).contains("is good");
        Path stored = content(source.resolve("d.jpeg"));
        Scratch.delete(stored);
        NodeProcess.Result bundle = pair.receiver().tryRun("verify", "latest");
        assertFailed(bundle, FailureCode.REFUSED);
        assertThat(bundle.output())
                .contains(String.valueOf(stored.getFileName()))
                .contains("is not in the store");
        Scratch.delete(target.resolve("d.jpeg"));
        Scratch.delete(target.resolve("a/4.jpeg"));
        Files.writeString(target.resolve("a/4.jpeg"), "altered");
        NodeProcess.Result folder = pair.receiver().tryRun("verify", "--media");
        assertFailed(folder, FailureCode.REFUSED);
        assertThat(folder.output())
                .contains("d.jpeg is missing")
                .contains("a/4.jpeg was altered")
                .doesNotContain("a/5.jpeg");
    }

    /**
     * Rows are read before files, and once more before a file is said to be gone: a file may come before its row and go after it. Pictures live
     * for several ticks; what goes within one is another matter, as README says.
     */
    @Test
    void aReaderNeverFindsARowWithoutItsPicture() {
        pair.nodes().allowPartials();
        pair.primary("create table report (id int primary key, picture text)");
        // More than ever go at once: else that looks like a folder which is not mounted, and is held back.
        for (int i = 0; i < PICTURES + 10; i++) {
            picture("steady/" + i + ".jpeg", 1);
        }
        Node sender = pair.sender().with("partial.schedule", "1s");
        try (FastServices services =
                new FastServices(sender, pair.receiver().with("poll.interval", "100ms"), Clock.systemUTC())) {
            services.await("the first complete", () -> services.receiving().doneOf("complete") > 0);
            PictureReader reader = new PictureReader(pair.nodes().replica(), target);
            Map<String, Long> living = new LinkedHashMap<>();
            for (int made = 0; made < PICTURES || !living.isEmpty(); ) {
                if (made < PICTURES) {
                    String path = "live/" + made++ + ".jpeg";
                    picture(path, 20);
                    pair.primary("insert into report values (" + made + ", '" + path + "')");
                    living.put(path, System.nanoTime());
                }
                living.entrySet().removeIf(each -> isOldAndGoes(each.getKey(), each.getValue()));
            }
            services.await(
                    "all are gone",
                    () -> FolderCompare.of(source, target).differences().isEmpty());
            assertThat(reader.missing())
                    .as("pictures that rows named and that were not there")
                    .isEmpty();
            assertThat(reader.found())
                    .as("rows that were read with their pictures")
                    .isGreaterThan(PICTURES);
        }
        pair.assertEqual();
    }

    private boolean isOldAndGoes(String path, long made) {
        boolean old = System.nanoTime() - made > LIFE.toNanos();
        if (old) {
            pair.primary("delete from report where picture = '" + path + "'");
            Scratch.delete(source.resolve(path));
        }
        return old;
    }

    /** Where the archive keeps what is in a file. */
    private Path content(Path file) throws IOException {
        for (Path stored : Pair.files(pair.nodes().archive().resolve("blobs"), "")) {
            if (Files.size(stored) == Files.size(file) && Files.mismatch(stored, file) < 0) {
                return stored;
            }
        }
        throw new AssertionError("not in the archive: " + file);
    }
}
