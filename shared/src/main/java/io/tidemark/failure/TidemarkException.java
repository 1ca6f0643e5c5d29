package io.tidemark.failure;

import org.jspecify.annotations.Nullable;

/** A failure that a person can act on: a lower-case message that names the thing, a hint that names the remedy, a code for scripts. */
public final class TidemarkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureCode code;
    private final String hint;

    public TidemarkException(FailureCode code, String message, String hint) {
        this(code, message, hint, null);
    }

    public TidemarkException(FailureCode code, String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.hint = hint;
    }

    public FailureCode code() {
        return code;
    }

    /** What to do about it; never empty. */
    public String hint() {
        return hint;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
