package io.tidemark.sender.cli;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.sender.settings.PartialSettings.Mode;

/** Which partials a mode allows. */
final class PartialMode {
    private PartialMode() {}

    static boolean readsLog(Mode mode) {
        return mode == Mode.AUTO || mode == Mode.LOG;
    }

    static void require(Mode mode) {
        if (!readsLog(mode)) {
            throw new TidemarkException(
                    FailureCode.USAGE,
                    "partial.mode: no partials are made from the log in this mode",
                    "set partial.mode=auto or partial.mode=log");
        }
    }
}
