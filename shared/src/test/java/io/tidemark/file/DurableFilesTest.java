package io.tidemark.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
    private static final Path MEMORY = Path.of("/dev/shm");

    @TempDir
    Path folder;

    @Test
    void writesUnderThePartNameAndReplacesWhatWasThere() throws IOException {
        Path target = folder.resolve("x");
        DurableFiles.write(target, new byte[] {1});
        DurableFiles.write(target, new byte[] {2, 3});
        assertThat(target).hasBinaryContent(new byte[] {2, 3});
        assertThat(folder.toFile().list()).containsExactly("x");
    }

    @Test
    void movesWithinAFileSystem() throws IOException {
        Path from = tree(folder.resolve("from"));
        DurableFiles.move(from, folder.resolve("to"));
        assertThat(from).doesNotExist();
        assertTree(folder.resolve("to"));
    }

    @Test
    void movesToAnotherFileSystem() throws IOException {
        assumeThat(MEMORY).isDirectory().isWritable();
        Path other = Files.createTempDirectory(MEMORY, "tidemark-test-");
        try {
            assumeThat(Files.getFileStore(other)).isNotEqualTo(Files.getFileStore(folder));
            Path from = tree(folder.resolve("from"));
            Path left = tree(other.resolve("to.part"));
            Files.writeString(left.resolve("of an earlier try"), "x");
            DurableFiles.move(from, other.resolve("to"));
            assertThat(folder).isEmptyDirectory();
            assertTree(other.resolve("to"));
            assertThat(left).doesNotExist();
            DurableFiles.move(other.resolve("to/below/file"), folder.resolve("file"));
            assertThat(folder.resolve("file")).hasContent("content");
        } finally {
            DurableFiles.deleteTree(other);
        }
    }

    @Test
    void removesLinksAndNotWhatTheyPointTo() throws IOException {
        Path outside = tree(folder.resolve("outside"));
        Path inside = tree(folder.resolve("inside"));
        Files.createSymbolicLink(inside.resolve("link"), outside);
        DurableFiles.remove(inside);
        DurableFiles.remove(folder.resolve("nothing"));
        assertThat(folder.toFile().list()).containsExactly("outside");
        assertTree(outside);
    }

    @Test
    void theSameStepIsDoneOnEveryPathAndItsFailureIsTold() throws IOException {
        List<Path> files =
                IntStream.range(0, 100).mapToObj(i -> folder.resolve("f" + i)).toList();
        ParallelSync.forEach(files.iterator(), file -> Files.writeString(file, "x"));
        assertThat(files).allSatisfy(file -> assertThat(file).exists());
        Files.delete(files.get(50));
        assertThatThrownBy(() -> ParallelSync.forEach(files.iterator(), DurableFiles::syncFile))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("f50");
    }

    private static Path tree(Path root) throws IOException {
        Files.createDirectories(root.resolve("below"));
        Files.writeString(root.resolve("below/file"), "content");
        return root;
    }

    private static void assertTree(Path root) {
        assertThat(root.resolve("below/file")).hasContent("content");
    }
}
