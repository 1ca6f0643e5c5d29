package io.tidemark.receiver.chain;

/** What to do with a bundle that has come. */
public sealed interface Decision {
    /** Its data are in the database already, as this very bundle; what follows the load may be left to do. */
    record Loaded() implements Decision {}

    /** It adds nothing to what is there. */
    record Covered(String reason) implements Decision {}

    /** It is next. */
    record Load() implements Decision {}

    /**
     * It cannot be loaded yet.
     *
     * @param gap whether something before it has not come: to be told loudly
     */
    record Hold(String reason, String hint, boolean gap) implements Decision {}

    /** It must never be loaded. */
    record Refuse(String reason, String hint) implements Decision {}
}
