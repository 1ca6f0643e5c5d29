package io.tidemark.cli;

import io.tidemark.failure.FailureCode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes as the help lists them. */
final class ExitCodes {
    private ExitCodes() {}

    static Map<String, String> byNumber() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(" 0", "Done; nothing to do is done.");
        for (FailureCode code : FailureCode.values()) {
            String number = String.valueOf(code.exitCode());
            texts.put(number.length() == 1 ? " " + number : number, text(code));
        }
        return texts;
    }

    private static String text(FailureCode code) {
        return switch (code) {
            case FAILED -> "Failed for another reason than those below.";
            case USAGE -> "The command line or the settings are wrong; nothing was started.";
            case BUSY -> "Another process of this node is at it.";
            case DATABASE -> "The database is away, or a lock was not granted in time.";
            case TRANSFER -> "The link or the remote folder failed; what waits goes out later.";
            case HOST_KEY -> "The remote host showed another key than the pinned one, or none.";
            case REFUSED -> "A bundle is damaged or hostile.";
            case HELD -> "A bundle waits for contents that have not arrived.";
            case ROW_DROP -> "A complete would remove more rows than load.row-drop allows.";
            case DISK_FULL -> "A folder or the database has no room left.";
            case NOT_ADOPTED -> "The target holds tables of the same name that Tidemark did not load.";
            case DRIFT -> "The replica's schema differs in a way that does not resolve by itself.";
            case RIGHTS -> "A right is missing in the database.";
            case OUTBOX_FULL -> "The outbox reached its cap; the bundle was given up.";
            case POST_PROCESS -> "A step of post-processing failed; what was loaded is loaded.";
        };
    }
}
