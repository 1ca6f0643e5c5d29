package io.tidemark.sender.media;

import java.io.IOException;
import java.nio.file.Path;

/** The media folder, or one below it, is missing or cannot be read. */
public final class MediaFolderException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path folder;
    private final boolean missing;

    private MediaFolderException(Path folder, boolean missing, String what, IOException cause) {
        super("media folder " + folder + " " + what, cause);
        this.folder = folder;
        this.missing = missing;
    }

    static MediaFolderException missing(Path folder, IOException cause) {
        return new MediaFolderException(folder, true, "is missing", cause);
    }

    static MediaFolderException unreadable(Path folder, String what, IOException cause) {
        return new MediaFolderException(folder, false, what, cause);
    }

    Path folder() {
        return folder;
    }

    /** Whether it is the media folder itself, and not there. */
    public boolean isMissing() {
        return missing;
    }

    public String text() {
        return String.valueOf(getMessage());
    }

    String hint() {
        return missing
                ? "mount it, or correct media.folder; nothing is taken for deleted"
                : "let the sender's user read and search it; nothing is taken for deleted";
    }
}
