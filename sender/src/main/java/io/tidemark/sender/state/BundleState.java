package io.tidemark.sender.state;

import java.util.Locale;

/** How far the sender came with a bundle. */
public enum BundleState {
    /** Being written; after a crash it can only be given up. */
    CAPTURING,
    /** All its volumes are durable in the outbox or already pushed. */
    SEALED,
    /** It will never be whole; its sequence stays used. */
    GIVEN_UP;

    /** The word in the state file and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static BundleState ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
