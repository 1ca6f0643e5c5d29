package io.tidemark.sender.watermark;

import io.tidemark.position.Lsn;
import io.tidemark.position.Position;
import java.time.Instant;

/**
 * One snapshot of the primary.
 *
 * @param oldest transaction that ran
 * @param next transaction: none with this number or a higher one is visible
 * @param snapshot as {@code pg_current_snapshot()} prints it
 */
public record Moment(Lsn lsn, long oldest, long next, Instant at, String snapshot) {
    private static final long NUMBERS = 1L << 32;

    public Position position() {
        return new Position(Position.Kind.SNAPSHOT, lsn, snapshot);
    }

    /** The whole number of a transaction whose lower half a visible row shows. */
    long whole(long shown) {
        return next - Math.floorMod(next - shown, NUMBERS);
    }

    /** SQL: whether {@code row} was written by transaction {@code from} or a younger one. Ancient rows may pass, young ones always do. */
    String youngerThan(String row, long from) {
        long span = next - from;
        if (span >= NUMBERS) {
            return "true";
        }
        return "pg_catalog.mod(pg_catalog.mod(" + (next % NUMBERS) + "::bigint - " + row + ".xmin::text::bigint, "
                + NUMBERS + ") + " + NUMBERS + ", " + NUMBERS + ") <= " + span;
    }
}
