package io.tidemark.sender.log;

/** The chain of partials cannot go on from where it stands; a new one has to begin, and a complete bridges the gap. */
public final class BrokenChainException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokenChainException(String reason) {
        super(reason);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
