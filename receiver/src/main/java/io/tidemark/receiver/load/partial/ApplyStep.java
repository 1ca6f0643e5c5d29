package io.tidemark.receiver.load.partial;

/** Where a test may halt the load of a partial, in the order in which it passes them. */
public enum ApplyStep {
    /** A column that is new on the primary is in a table of the replica, and the ledger knows. */
    COLUMNS_ADDED,
    /** One table's changes are written, nothing is committed. */
    CHANGES_APPLIED,
    /** All tables' changes are. */
    TABLES_CHANGED,
    /** And the ledger's rows. */
    BEFORE_PARTIAL_COMMIT,
    /** All of it is committed; there is no receipt yet. */
    AFTER_PARTIAL_COMMIT
}
