package io.tidemark.sender.partial;

import io.tidemark.sender.log.BrokenChainException;

/** The layout of a table changed within what a batch holds. */
final class MovedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Where that happened within one transaction, no bundle can end in between. */
    static BrokenChainException withinTransaction() {
        return new BrokenChainException(
                "one transaction changes a table's definition and its rows both before and after that");
    }
}
