package io.tidemark.sender.media;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.io.IOException;
import java.nio.file.Path;

/** The media folder, or one below it, is missing or cannot be read. */
final class MediaFolderException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final String HINT =
            "mount it, let the sender's user read and search it, or correct media.folder; nothing is taken for deleted";

    MediaFolderException(Path folder, String what, IOException cause) {
        super("media folder " + folder + " " + what, cause);
    }

    String text() {
        return String.valueOf(getMessage());
    }

    String hint() {
        return HINT;
    }

    TidemarkException failure() {
        return new TidemarkException(FailureCode.FAILED, text(), HINT, this);
    }
}
