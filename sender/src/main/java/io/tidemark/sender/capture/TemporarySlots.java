package io.tidemark.sender.capture;

import java.security.SecureRandom;

/** Replication slots that end with the session that made them, if not before. */
public final class TemporarySlots {
    private static final SecureRandom RANDOM = new SecureRandom();

    private TemporarySlots() {}

    /**
     * A name that no other slot of the server has.
     *
     * @param purpose what an administrator is to read in pg_replication_slots, in lower case
     */
    public static String name(String purpose) {
        return "tidemark_" + purpose + "_" + Long.toUnsignedString(RANDOM.nextLong(), 36);
    }
}
