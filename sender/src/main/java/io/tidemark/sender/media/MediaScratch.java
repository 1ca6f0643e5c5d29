package io.tidemark.sender.media;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of our own to work in. */
final class MediaScratch {
    private MediaScratch() {}

    static void empty(Path scratch) throws IOException {
        Files.createDirectories(scratch);
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(scratch)) {
            for (Path leftover : leftovers) {
                Files.delete(leftover);
            }
        }
    }

    static Path content(Path scratch) {
        return scratch.resolve("content.tmp");
    }

    /** Trouble with a file of our own is no reason to leave out one of theirs. */
    static void mustSpeakOf(FoundFile found, FileSystemException failure) throws IOException {
        if (!found.file().toString().equals(failure.getFile())) {
            throw failure;
        }
    }
}
