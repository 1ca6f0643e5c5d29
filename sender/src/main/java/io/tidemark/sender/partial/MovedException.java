package io.tidemark.sender.partial;

/** The layout of a table changed within what a batch holds. */
final class MovedException extends Exception {
    private static final long serialVersionUID = 1L;
}
