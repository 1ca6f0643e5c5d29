package io.tidemark.sender.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.blob.BlobId;
import io.tidemark.blob.EncodedBlob;
import io.tidemark.blob.SpilledBlob;
import io.tidemark.bundle.Manifest.LeftOut;
import io.tidemark.bundle.MediaPath;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.sender.media.MediaFolder.Captured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MediaCaptureTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path temporary;

    private MediaFolder folder;

    @BeforeEach
    void open() throws IOException {
        folder = new MediaFolder(temporary);
    }

    @AfterEach
    void close() {
        folder.close();
    }

    @Test
    void listsEveryFileOrderedByTheBytesOfItsPath() throws IOException {
        List<String> paths = List.of(
                "a-b",
                "a/x",
                "a/y/z",
                "a.txt",
                "with blank",
                "with\nnewline",
                "quote\"'",
                "\\back",
                "äöü/日本",
                "\uFFFD",
                "\uD83D\uDE00/emoji",
                "\uFF5E",
                "ab",
                "a b/c",
                "d/".repeat(60) + "deep",
                "x".repeat(255));
        for (String path : paths) {
            folder.write(path, path.getBytes(UTF_8), DAY);
        }
        Captured captured = folder.capture();
        assertThat(captured.paths())
                .containsExactlyElementsOf(
                        paths.stream().sorted(MediaPath::compare).toList());
        assertThat(captured.summary().leftOut()).isEmpty();
        assertThat(captured.summary().bytes())
                .isEqualTo(paths.stream()
                        .mapToLong(path -> path.getBytes(UTF_8).length)
                        .sum());
        folder.assertTrue(captured);
    }

    @Test
    void readsOnlyWhatChangedAndSendsOnlyWhatIsNew() throws IOException {
        folder.write("kept", new byte[] {1}, DAY);
        folder.write("renamed", new byte[] {2}, DAY);
        folder.write("edited", new byte[] {3}, DAY);
        folder.write("removed", new byte[] {4}, DAY);
        assertThat(folder.capture().sink().contents).hasSize(4);

        Files.move(folder.root.resolve("renamed"), folder.root.resolve("new name"));
        folder.write("edited", new byte[] {5}, Duration.ofHours(3));
        Files.delete(folder.root.resolve("removed"));
        folder.write("copy", new byte[] {1}, DAY);
        Captured second = folder.capture();
        assertThat(second.paths()).containsExactly("copy", "edited", "kept", "new name");
        assertThat(second.summary().read()).as("files read").isEqualTo(3);
        assertThat(second.sink().contents.keySet()).containsExactly(MediaFolder.idOf(new byte[] {5}));
        folder.assertTrue(second);

        Captured third = folder.capture();
        assertThat(third.records()).isEqualTo(second.records());
        assertThat(third.summary().read()).as("files read").isZero();
    }

    @Test
    void aContentOfManyFilesIsSentOnce() throws IOException {
        for (int i = 0; i < 5; i++) {
            folder.write("copy" + i, new byte[] {7}, DAY);
        }
        Captured captured = folder.capture();
        assertThat(captured.records()).hasSize(5);
        assertThat(captured.sink().contents).hasSize(1);
    }

    @Test
    void aFileThatWasJustWrittenIsReadAgainNextTime() throws IOException {
        folder.write("fresh", new byte[] {1}, Duration.ofSeconds(1));
        folder.capture();
        Path fresh = folder.root.resolve("fresh");
        FileTime time = Files.getLastModifiedTime(fresh);
        Files.write(fresh, new byte[] {2});
        Files.setLastModifiedTime(fresh, time);
        folder.assertTrue(folder.capture());
    }

    @Test
    void whatTheReceiverLostIsReadAgainThoughNothingChanged() throws IOException {
        folder.write("a", new byte[] {1}, DAY);
        folder.capture();
        folder.state().forgetAll();
        assertThat(folder.capture().sink().contents).hasSize(1);
    }

    @Test
    void aSenderWithoutMemorySendsEverything() throws IOException {
        folder.write("a", new byte[] {1}, DAY);
        folder.capture();
        folder.loseState();
        Captured captured = folder.capture();
        assertThat(captured.sink().contents).hasSize(1);
        folder.assertTrue(captured);
    }

    @Test
    void largeFilesTravelThroughASpillAndPicturesStayAsTheyAre() throws IOException {
        byte[] picture = new byte[ContentReader.IN_MEMORY + 123_457];
        new Random(5).nextBytes(picture);
        byte[] text = "the same line again\n".repeat(400_000).getBytes(UTF_8);
        folder.write("picture.jpg", picture, DAY);
        folder.write("text.csv", text, DAY);
        folder.write("empty", new byte[0], DAY);
        folder.write("copy.jpg", picture, DAY);
        Captured captured = folder.capture();
        assertThat(captured.sink().compressed).containsExactly(MediaFolder.idOf(text));
        assertThat(captured.sink().contents.keySet())
                .containsExactlyInAnyOrder(
                        MediaFolder.idOf(picture), MediaFolder.idOf(text), MediaFolder.idOf(new byte[0]));
        folder.assertTrue(captured);
        assertThat(folder.scratch).isEmptyDirectory();
    }

    @Test
    void linksAndOddNamesAreLeftOutAndNamed() throws Exception {
        folder.write("file", new byte[] {1}, DAY);
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Files.write(outside.resolve("secret"), new byte[] {9});
        Files.createSymbolicLink(folder.root.resolve("link"), outside.resolve("secret"));
        Files.createSymbolicLink(folder.root.resolve("folder link"), outside);
        folder.write("sub/" + MediaPath.temporary("x"), new byte[] {1}, DAY);
        shell("mkfifo \"$1/pipe\"; printf x > \"$1/\"$(printf 'caf\\351')");
        Captured captured = folder.capture();
        assertThat(captured.paths()).containsExactly("file");
        assertThat(captured.summary().leftOut())
                .extracting(LeftOut::object)
                .containsExactlyInAnyOrder(
                        "media file link",
                        "media file folder link",
                        "media file pipe",
                        "media file caf\uFFFD",
                        "media file sub/" + MediaPath.temporary("x"));
    }

    @Test
    void pathsLongerThanTheSystemTakesAreLeftOutAndNamed() throws Exception {
        String deep = "n=$(printf %0200d 0); for i in $(seq 19); do mkdir $n; cd $n; done; mkdir $n; touch $n/$n";
        shell("cd \"$1\"; " + deep);
        folder.write("file", new byte[] {1}, DAY);
        Captured captured = folder.capture();
        assertThat(captured.paths()).containsExactly("file");
        assertThat(captured.summary().leftOut()).hasSize(1);
        shell("cd \"$1\"; rm -rf 0*");
    }

    @Test
    void manyLeftOutFilesAreCounted() throws IOException {
        for (int i = 0; i < LeftOutFiles.NAMED + 7; i++) {
            Files.createSymbolicLink(folder.root.resolve("link" + i), folder.root);
        }
        List<LeftOut> leftOut = folder.capture().summary().leftOut();
        assertThat(leftOut).hasSize(LeftOutFiles.NAMED + 1);
        assertThat(leftOut.get(LeftOutFiles.NAMED).reason()).isEqualTo("7 more are left out");
    }

    @Test
    void aMissingMediaFolderIsAFailure() throws IOException {
        Files.delete(folder.root);
        assertThatThrownBy(folder::capture)
                .isInstanceOfSatisfying(
                        MediaFolderException.class,
                        away -> assertThat(away.isMissing()).isTrue())
                .hasMessageContaining("media")
                .hasMessageContaining("is missing");
        Files.write(folder.root, new byte[] {1});
        assertThatThrownBy(folder::capture).as("a file in its place").isInstanceOf(MediaFolderException.class);
    }

    @Test
    void anEmptyMediaFolderGivesAnEmptyList() throws IOException {
        assertThat(folder.capture().records()).isEmpty();
    }

    @Test
    @Timeout(30)
    void tenThousandFilesInOneFolderTakeSeconds() throws IOException {
        for (int i = 0; i < 10_000; i++) {
            folder.write("pictures/" + (i * 7919 % 10_000) + ".txt", ("content " + i).getBytes(UTF_8), DAY);
        }
        assertThat(folder.capture().sink().contents).hasSize(10_000);
        Captured second = folder.capture();
        assertThat(second.summary().read()).as("files read the second time").isZero();
        assertThat(second.records()).isSortedAccordingTo((a, b) -> MediaPath.compare(a.path(), b.path()));
    }

    @Test
    void namesBeyondMemoryAreSortedInFiles() throws IOException {
        List<SortedNames.Name> names = IntStream.range(0, 1000)
                .mapToObj(i -> new SortedNames.Name(
                        Integer.toString(i * 7919 % 1000, 36).getBytes(UTF_8), i, 2L * i, -i))
                .toList();
        try (SortedNames sorted = new SortedNames(temporary, 64)) {
            for (SortedNames.Name name : names) {
                sorted.add(name);
            }
            sorted.finish();
            for (SortedNames.Name expected : names.stream().sorted().toList()) {
                assertThat(sorted.next()).usingRecursiveComparison().isEqualTo(expected);
            }
            assertThat(sorted.next()).isNull();
        }
        assertThat(temporary.toFile().list()).as("no file is left").containsExactlyInAnyOrder("media", "work");
    }

    @Test
    void aFileThatChangesAllTheTimeIsTakenAsLastReadAndNamed() throws IOException {
        Path file = folder.write("log", new byte[ContentReader.IN_MEMORY + 1], DAY);
        Captured captured = folder.capture(sink ->
                new Meddling(sink, () -> Files.write(file, new byte[] {1}, StandardOpenOption.APPEND)));
        MediaRecord record = captured.records().get(0);
        assertThat(captured.sink().contents.get(record.blob())).hasSize((int) record.size());
        assertThat(captured.summary().leftOut()).extracting(LeftOut::object).containsExactly("media file log");
        folder.assertTrue(folder.capture());
    }

    @Test
    void aFileThatChangesOnceIsReadAgain() throws IOException {
        Path file = folder.write("log", new byte[ContentReader.IN_MEMORY + 1], DAY);
        AtomicInteger times = new AtomicInteger();
        Captured captured = folder.capture(sink -> new Meddling(sink, () -> {
            if (times.incrementAndGet() == 1) {
                Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
            }
        }));
        assertThat(captured.summary().leftOut()).isEmpty();
        folder.assertTrue(captured);
    }

    @Test
    void aFileThatVanishesWhileItIsReadIsNotListed() throws IOException {
        Path file = folder.write("gone", new byte[ContentReader.IN_MEMORY + 1], DAY);
        folder.write("here", new byte[] {1}, DAY);
        Captured captured = folder.capture(sink -> new Meddling(sink, () -> Files.deleteIfExists(file)));
        assertThat(captured.paths()).containsExactly("here");
        assertThat(captured.sink().contents).hasSize(1);
    }

    @Test
    void troubleWithOurOwnFilesIsNotTakenForAVanishedOne() throws IOException {
        folder.write("a", new byte[ContentReader.IN_MEMORY + 1], DAY);
        assertThatThrownBy(() -> folder.capture(sink -> new Meddling(sink, () -> {
                    throw new NoSuchFileException("scratch");
                })))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void randomFoldersAreListedAsTheyAre() throws IOException {
        Random random = new Random(Long.getLong("SEED", 11));
        for (int round = 0; round < 8; round++) {
            RandomMedia.change(folder, random);
            Captured captured = folder.capture();
            folder.assertTrue(captured);
            assertThat(captured.paths()).as("round %d", round).isEqualTo(RandomMedia.paths(folder.root));
        }
    }

    private void shell(String script) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", script, "sh", folder.root.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    /** What another process does to the folder. */
    private interface Meddler {
        void meddle() throws IOException;
    }

    /** Meddles between the two readings of a large file, which is when its content is asked for. */
    private record Meddling(ContentSink sink, Meddler meddler) implements ContentSink {
        @Override
        public boolean known(BlobId blob) throws IOException {
            meddler.meddle();
            return sink.known(blob);
        }

        @Override
        public boolean claim(BlobId blob) throws IOException {
            return sink.claim(blob);
        }

        @Override
        public void add(EncodedBlob blob) throws IOException {
            sink.add(blob);
        }

        @Override
        public void add(SpilledBlob blob) throws IOException {
            sink.add(blob);
        }
    }
}
