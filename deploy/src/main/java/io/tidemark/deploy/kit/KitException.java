package io.tidemark.deploy.kit;

/** Something that a demo, benchmark or test needs did not work; the message names it. */
public final class KitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KitException(String message) {
        super(message);
    }

    public KitException(String message, Throwable cause) {
        super(message, cause);
    }
}
