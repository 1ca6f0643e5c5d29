package io.tidemark.sender.cli;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.sender.settings.PartialSettings.Mode;

/** Whether a mode has partials. */
final class PartialMode {
    private PartialMode() {}

    static boolean areMade(Mode mode) {
        return mode != Mode.OFF;
    }

    static void require(Mode mode) {
        if (!areMade(mode)) {
            throw new TidemarkException(
                    FailureCode.USAGE,
                    "partial.mode: no partials are made in this mode",
                    "set partial.mode=auto, log or watermark");
        }
    }
}
