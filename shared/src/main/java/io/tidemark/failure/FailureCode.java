package io.tidemark.failure;

/** What went wrong, as a script sees it: the exit code, and whether the same step may succeed when it is tried again. */
public enum FailureCode {
    /** Nothing more precise is known. */
    FAILED(1, false),
    /** The command line or the settings are wrong; nothing was started. */
    USAGE(2, false),
    /** Another process of this node holds the lock. */
    BUSY(3, true),
    /** The database is away, refuses the login, or a lock was not granted in time. */
    DATABASE(4, true),
    /** The link or the remote folder failed; what waits in the outbox goes out later. */
    TRANSFER(5, true),
    /** The remote host showed no pinned key, or another one than pinned. */
    HOST_KEY(6, false),
    /** A bundle is damaged or hostile; it lies in the quarantine folder. */
    REFUSED(7, false),
    /** A bundle waits for contents that have not arrived. */
    HELD(8, true),
    /** A complete would remove more rows than the guard allows. */
    ROW_DROP(9, false),
    /** A folder or the database has no room left. */
    DISK_FULL(10, true),
    /** The target holds tables of the same name which Tidemark did not load. */
    NOT_ADOPTED(11, false),
    /** The replica's schema differs in a way that cannot be resolved by itself. */
    DRIFT(12, false),
    /** A right is missing in the database. */
    RIGHTS(13, false),
    /** The outbox reached its cap; the bundle was given up. */
    OUTBOX_FULL(14, true),
    /** A post-processing step failed; what was loaded is loaded. */
    POST_PROCESS(15, true);

    private final int exitCode;
    private final boolean retryable;

    FailureCode(int exitCode, boolean retryable) {
        this.exitCode = exitCode;
        this.retryable = retryable;
    }

    public int exitCode() {
        return exitCode;
    }

    /** Whether trying the same step again, with nothing changed by hand, may succeed. */
    public boolean retryable() {
        return retryable;
    }
}
