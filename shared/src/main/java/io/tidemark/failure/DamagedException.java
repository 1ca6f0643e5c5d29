package io.tidemark.failure;

import java.io.IOException;

/**
 * Bytes are not what they claim to be: cut short, changed, or hostile. It is apart from other I/O failures, which say nothing of the
 * bytes: what is damaged goes to quarantine, what could not be read is read again.
 */
public class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    public DamagedException(String reason) {
        super(reason);
    }

    public DamagedException(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** The reason alone, for people. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
