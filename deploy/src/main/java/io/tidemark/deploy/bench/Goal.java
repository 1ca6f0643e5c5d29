package io.tidemark.deploy.bench;

/** What is to be reached: the figure may be the limit at most. */
enum Goal {
    PG_DUMP("pg_dump", 0.5, "seconds of pg_dump, sftp, pg_restore"),
    PGCOPYDB("pgcopydb", 0.9, "seconds of pgcopydb clone"),
    SETUP_A_BYTES("setup_a_bytes", 0.85, "bytes of pg_dump, tar.gz, sftp"),
    SENDER_MEMORY("sender_peak_bytes", 400e6, "bytes of memory"),
    RECEIVER_MEMORY("receiver_peak_bytes", 400e6, "bytes of memory"),
    UNCHANGED_BYTES("unchanged_bytes", 0.01, "the first complete's bytes"),
    UNCHANGED_SECONDS("unchanged_seconds", 0.4, "the first complete's seconds"),
    DAILY_BYTES("daily_bytes", 0.08, "the first complete's bytes"),
    DAILY_SECONDS("daily_seconds", 0.6, "the first complete's seconds"),
    READER_MILLIS("reader_longest_ms", 100, "milliseconds"),
    ARCHIVE_TEN("archive_ten", 2.0, "the room of one complete");

    private final String key;
    private final double limit;
    private final String of;

    Goal(String key, double limit, String of) {
        this.key = key;
        this.limit = limit;
        this.of = of;
    }

    /** The name of the figure, as in the JSON. */
    String key() {
        return key;
    }

    double limit() {
        return limit;
    }

    /** What the figure is a share of, or its unit. */
    String of() {
        return of;
    }
}
