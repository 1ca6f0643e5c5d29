package io.tidemark.sender.state;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/** Classifies what SQLite reports. */
final class StateFailures {
    private static final String REMEDY =
            "stop the sender, move the file (with its -wal and -shm) away and start again: everything in it is rebuilt,"
                    + " at the price of one complete that sends everything";

    private StateFailures() {}

    static TidemarkException of(Path file, SQLException failure) {
        String text = "state file " + file + ": " + failure.getMessage();
        // Extended result codes keep the primary one in their low byte.
        int code =
                failure instanceof SQLiteException sqlite ? sqlite.getResultCode().code & 0xff : failure.getErrorCode();
        return switch (code) {
            case 11, 26 -> damaged(file, String.valueOf(failure.getMessage()), failure);
            case 5, 6 ->
                new TidemarkException(
                        FailureCode.BUSY, text, "another process holds the state file for long; try again", failure);
            case 13 ->
                new TidemarkException(
                        FailureCode.DISK_FULL, text, "make room in work.folder; the step can be repeated", failure);
            case 3, 8, 14 ->
                new TidemarkException(FailureCode.FAILED, text, "let the sender's user write in work.folder", failure);
            default -> new TidemarkException(FailureCode.FAILED, text, "check the disk below work.folder", failure);
        };
    }

    static TidemarkException damaged(Path file, String reason, SQLException failure) {
        return new TidemarkException(
                FailureCode.FAILED, "state file " + file + " is damaged: " + reason, REMEDY, failure);
    }

    static TidemarkException foreign(Path file, String reason) {
        return new TidemarkException(FailureCode.FAILED, "state file " + file + " " + reason, REMEDY);
    }
}
