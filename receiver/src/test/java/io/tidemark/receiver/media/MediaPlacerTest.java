package io.tidemark.receiver.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.blob.DamagedBlobException;
import io.tidemark.file.FileStat;
import io.tidemark.receiver.media.MediaBench.Listing;
import io.tidemark.receiver.settings.MediaPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MediaPlacerTest {
    private static final long TIME = 1_600_000_000_456L;

    @TempDir
    Path temporary;

    @ParameterizedTest
    @EnumSource
    void placesFilesOfEveryName(MediaPlace how) throws IOException {
        MediaBench bench = new MediaBench(temporary, how);
        Listing listing = new Listing()
                .file("plain.txt", "a", TIME)
                .file("with blank/and 'quotes\"/x", "b")
                .file("new\nline", "c")
                .file("日本/\uD83D\uDE00", "d")
                .file("\\", "e")
                .file("d/".repeat(60) + "deep", "f")
                .file("x".repeat(255), "g")
                .file("empty", "")
                .file("text.csv", "one line like the other\n".repeat(10_000));
        MediaResult result = bench.load(listing);
        bench.assertHolds(listing);
        assertThat(result.placed()).isEqualTo(9);
        assertThat(bench.modified("plain.txt")).isEqualTo(TIME);
        assertThat(bench.modified("text.csv")).isEqualTo(1_700_000_000_123L);
        assertThat(bench.load(listing, listing).unchanged())
                .as("unchanged the next time")
                .isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource
    void secondBundleTouchesOnlyWhatDiffers(MediaPlace how) throws IOException {
        MediaBench bench = new MediaBench(temporary, how);
        Listing first = new Listing()
                .file("kept", "1")
                .file("same size", "2", TIME)
                .file("renamed", "3")
                .file("gone/for/good", "4")
                .file("touched", "5", TIME);
        bench.load(first);
        FileStat kept = FileStat.of(bench.root.resolve("kept"));
        Listing second = first.copy()
                .without("renamed")
                .without("gone/for/good")
                .file("same size", "x", TIME)
                .file("moved/renamed", "3")
                .file("copy", "1")
                .file("touched", "5", TIME + 60_000);
        MediaResult result = bench.load(first, second);
        bench.assertHolds(second);
        assertThat(result.placed()).isEqualTo(3);
        assertThat(result.removed()).isEqualTo(2);
        assertThat(result.unchanged()).isEqualTo(2);
        assertThat(FileStat.of(bench.root.resolve("kept")).inode()).isEqualTo(kept.inode());
        assertThat(bench.modified("touched")).isEqualTo(TIME + 60_000);
        assertThat(bench.root.resolve("gone")).as("the emptied folder").doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void bringsBackWhatWasRemovedCutOrEdited(MediaPlace how) throws IOException {
        MediaBench bench = new MediaBench(temporary, how);
        Listing listing = new Listing().file("a/removed", "1").file("cut", "22").file("edited", "333");
        bench.load(listing);
        Files.delete(bench.root.resolve("a/removed"));
        replace(bench.root.resolve("cut"), "2");
        replace(bench.root.resolve("edited"), "###");
        assertThat(bench.load(listing, listing).placed()).isEqualTo(3);
        bench.assertHolds(listing);
    }

    @ParameterizedTest
    @EnumSource
    void withoutAListOfBeforeNothingIsRemovedAndWhatIsThereIsCompared(MediaPlace how) throws IOException {
        MediaBench bench = new MediaBench(temporary, how);
        Listing listing = new Listing().file("a", "1", TIME).file("b", "2", TIME);
        bench.load(listing.copy().file("old", "3"));
        replace(bench.root.resolve("b"), "#");
        Files.setLastModifiedTime(bench.root.resolve("b"), FileTime.fromMillis(TIME));
        MediaResult result = bench.load(listing);
        assertThat(result.removed()).isZero();
        assertThat(result.placed()).isEqualTo(1);
        bench.assertHolds(listing.copy().file("old", "3"));
    }

    @Test
    void aDamagedListOfBeforeCountsAsLost() throws IOException {
        MediaBench bench = new MediaBench(temporary, MediaPlace.COPY);
        Listing first = new Listing().file("a", "1").file("old", "2");
        bench.load(first);
        Path previous = bench.write(first);
        byte[] bytes = Files.readAllBytes(previous);
        Files.write(previous, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        Listing second = new Listing().file("a", "3");
        bench.load(Optional.of(previous), bench.write(second));
        bench.assertHolds(second.copy().file("old", "2"));
    }

    @Test
    void foreignFilesAndFoldersStay() throws IOException {
        MediaBench bench = new MediaBench(temporary, MediaPlace.LINK);
        Listing first = new Listing().file("a/ours", "1").file("b/ours", "2");
        bench.load(first);
        Files.writeString(bench.root.resolve("a/theirs"), "x");
        Files.createDirectory(bench.root.resolve("their empty folder"));
        Listing second = new Listing().file("c", "3");
        bench.load(first, second);
        bench.assertHolds(second, "a/theirs");
        assertThat(bench.root.resolve("their empty folder")).isDirectory();
        assertThat(bench.root.resolve("b")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void aFileBecomesAFolderAndAFolderAFile(MediaPlace how) throws IOException {
        MediaBench bench = new MediaBench(temporary, how);
        Listing first = new Listing().file("a", "1").file("b/x", "2").file("b/y/z", "3");
        Listing second = new Listing().file("a/x", "4").file("a/y/z", "1").file("b", "5");
        bench.load(first);
        MediaResult there = bench.load(first, second);
        bench.assertHolds(second);
        assertThat(there.placed()).isEqualTo(3);
        assertThat(there.notes()).isEmpty();
        bench.load(second, first);
        bench.assertHolds(first);
    }

    @Test
    void whatStandsInTheWayIsMovedAsideAndTold() throws IOException {
        MediaBench bench = new MediaBench(temporary, MediaPlace.LINK);
        Files.createDirectories(bench.root.resolve("file"));
        Files.writeString(bench.root.resolve("file/theirs"), "x");
        Files.writeString(bench.root.resolve("folder"), "y");
        Listing listing = new Listing().file("file", "1").file("folder/x", "2");
        MediaResult result = bench.load(listing);
        bench.assertHolds(listing, "file.displaced-1/theirs", "folder.displaced-1");
        assertThat(result.notes())
                .hasSize(2)
                .allSatisfy(note -> assertThat(note).contains(".displaced-1"));
    }

    @Test
    void linksAreNeverFollowed() throws IOException {
        MediaBench bench = new MediaBench(temporary, MediaPlace.COPY);
        Path outside = Files.createDirectories(temporary.resolve("outside"));
        Files.writeString(outside.resolve("victim"), "keep");
        Listing first = new Listing()
                .file("gone/victim", "1")
                .file("folder/victim", "2")
                .file("victim", "3");
        bench.load(first);
        for (String name : new String[] {"gone", "folder"}) {
            Files.delete(bench.root.resolve(name + "/victim"));
            Files.delete(bench.root.resolve(name));
            Files.createSymbolicLink(bench.root.resolve(name), outside);
        }
        replace(bench.root.resolve("victim"), "");
        Files.delete(bench.root.resolve("victim"));
        Files.createSymbolicLink(bench.root.resolve("victim"), outside.resolve("victim"));
        Listing second =
                new Listing().file("folder/victim", "2").file("folder/new", "4").file("victim", "3");
        bench.load(first, second);
        assertThat(outside.toFile().list()).containsExactly("victim");
        assertThat(outside.resolve("victim")).hasContent("keep");
        bench.assertHolds(second, "gone", "folder.displaced-1");
    }

    @Test
    void aLinkInPlaceOfARemovedFileStays() throws IOException {
        MediaBench bench = new MediaBench(temporary, MediaPlace.COPY);
        Path outside = Files.writeString(temporary.resolve("outside"), "keep");
        Listing first = new Listing().file("a/x", "1");
        bench.load(first);
        Files.delete(bench.root.resolve("a/x"));
        Files.createSymbolicLink(bench.root.resolve("a/x"), outside);
        bench.load(first, new Listing());
        assertThat(bench.root.resolve("a/x")).isSymbolicLink();
        assertThat(outside).hasContent("keep");
    }

    @Test
    void linkedFilesShareTheStoresFileAndDoNotFightOverItsTime() throws IOException {
        MediaBench bench = new MediaBench(temporary, MediaPlace.LINK);
        Listing listing = new Listing().file("a", "same", TIME).file("b", "same", TIME + 100_000);
        bench.load(listing);
        FileStat a = FileStat.of(bench.root.resolve("a"));
        assertThat(a.links()).isEqualTo(3);
        assertThat(bench.modified("a")).isEqualTo(TIME);
        MediaResult again = bench.load(listing, listing);
        assertThat(again.placed()).isZero();
        assertThat(bench.modified("b")).as("the time of the first to be placed").isEqualTo(TIME);
    }

    @Test
    void writingIntoALinkedFileIsFoundAsDamageToTheStore() throws IOException {
        MediaBench bench = new MediaBench(temporary, MediaPlace.LINK);
        Listing listing = new Listing().file("a", "content", TIME);
        bench.load(listing);
        Files.writeString(bench.root.resolve("a"), "#######");
        assertThatThrownBy(() -> bench.load(listing, listing))
                .isInstanceOf(DamagedBlobException.class)
                .hasMessageContaining("media file a");
    }

    @Test
    void aContentThatTheStoreLacksLeavesNothingBehind() throws IOException {
        MediaBench bench = new MediaBench(temporary, MediaPlace.COPY);
        Listing listing = new Listing().file("a", "1");
        Path list = bench.write(listing);
        bench.store.remove(listing.records().values().iterator().next().blob());
        assertThatThrownBy(() -> bench.load(Optional.empty(), list)).isInstanceOf(DamagedBlobException.class);
        bench.assertHolds(new Listing());
    }

    /** Few contents: what is measured here is the work for each path and not the disk. */
    @Test
    @Timeout(30)
    void tenThousandFilesTakeSeconds() throws IOException {
        MediaBench bench = new MediaBench(temporary, MediaPlace.LINK);
        Listing listing = new Listing();
        for (int i = 0; i < 10_000; i++) {
            listing.file("pictures/" + i % 100 + "/" + i, "content " + i % 50);
        }
        Path list = bench.write(listing);
        assertThat(bench.load(Optional.empty(), list).placed()).isEqualTo(10_000);
        assertThat(bench.load(Optional.of(list), list).unchanged()).isEqualTo(10_000);
        assertThat(bench.load(Optional.of(list), bench.write(new Listing())).removed())
                .isEqualTo(10_000);
        bench.assertHolds(new Listing());
    }

    @Test
    void moreFilesThanOneBatchHolds() throws IOException {
        MediaBench bench = new MediaBench(temporary, MediaPlace.COPY);
        Listing listing = new Listing();
        for (int i = 0; i < FileBatch.MAX_FILES + 10; i++) {
            listing.file(i % 3 + "/" + i, "content " + i);
        }
        assertThat(bench.load(listing).placed()).isEqualTo(FileBatch.MAX_FILES + 10);
        bench.assertHolds(listing);
    }

    @ParameterizedTest
    @EnumSource
    void anyFolderFollowsAnyListOfBundles(MediaPlace how) throws IOException {
        MediaBench bench = new MediaBench(temporary, how);
        Random random = new Random(Long.getLong("SEED", 3));
        Listing before = new Listing();
        bench.load(before);
        for (int round = 0; round < 25; round++) {
            Listing next = RandomListing.after(before, random);
            MediaLists lists = new MediaLists(Optional.of(bench.write(before)), bench.write(next), -1);
            MediaResult placed = bench.placer().place(lists);
            if (random.nextBoolean()) {
                placed = bench.placer().place(lists);
            }
            bench.placer().removeGone(lists, placed);
            bench.assertHolds(next);
            before = next;
        }
    }

    private static void replace(Path file, String content) throws IOException {
        Files.delete(file);
        Files.write(file, content.getBytes(UTF_8));
    }
}
