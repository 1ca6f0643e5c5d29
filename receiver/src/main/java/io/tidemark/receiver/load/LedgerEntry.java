package io.tidemark.receiver.load;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A bundle whose data are in the database.
 *
 * @param manifest SHA-256 of its manifest
 * @param bytes of its rows as COPY wrote them
 * @param receipt as it was written, JSON
 */
public record LedgerEntry(
        String source,
        long sequence,
        String name,
        String kind,
        String manifest,
        String position,
        Instant created,
        @Nullable Instant received,
        Instant started,
        Instant loaded,
        long milliseconds,
        long bytes,
        long rows,
        long inserted,
        long updated,
        long deleted,
        boolean equal,
        String receipt) {}
