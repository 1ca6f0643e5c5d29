package io.tidemark.cli;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What it means to a person when a file cannot be read or written. */
final class FileFailures {
    private FileFailures() {}

    static TidemarkException of(IOException failure) {
        String text = String.valueOf(failure.getMessage());
        if (text.contains("space left") || text.contains("quota")) {
            return new TidemarkException(
                    FailureCode.DISK_FULL, "no room is left: " + text, "make room; the step can be repeated", failure);
        }
        if (failure instanceof AccessDeniedException denied) {
            return failed(denied.getFile() + ": permission denied", "run it as the user that owns it", failure);
        }
        if (failure instanceof NoSuchFileException missing) {
            return failed(missing.getFile() + " does not exist", "check the path", failure);
        }
        String what = failure instanceof FileSystemException detailed && detailed.getReason() != null
                ? detailed.getFile() + ": " + detailed.getReason()
                : text;
        return failed(what, "check the file system and the rights; --debug shows where it came from", failure);
    }

    private static TidemarkException failed(String what, String hint, IOException cause) {
        return new TidemarkException(FailureCode.FAILED, what, hint, cause);
    }
}
