package io.tidemark.alarm;

import io.tidemark.failure.FailureCode;
import java.util.Locale;

/** What an alarm is about, where that is no {@link FailureCode} of a step that failed. docs/OPERATIONS.md has a section for each. */
public enum Condition {
    /** Nothing came within the expected time. */
    SILENT,
    /** The service asks for a complete, as partials alone do not make the replica equal. */
    COMPLETE_NEEDED,
    /** The slot keeps back nearly as much of the primary's log as is allowed. */
    WAL_RETAINED,
    /** A bundle that should come before others has not. */
    GAP,
    /** A complete repaired rows that partials should have brought. */
    REPAIRED,
    /** The replica is not known to equal the primary. */
    NOT_EQUAL,
    /** Something was refused and put aside. */
    QUARANTINE,
    /** A disk is going to be full. */
    DISK_FILLING,
    /** A folder is not there. */
    MISSING,
    /** A folder or files cannot be read. */
    UNREADABLE,
    /** So much is gone that its deletion waits for a person. */
    DELETION_HELD;

    /** As ids and documents have it. */
    public String word() {
        return word(this);
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
