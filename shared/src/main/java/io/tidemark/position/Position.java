package io.tidemark.position;

/**
 * Where in the primary's history a complete was cut.
 *
 * @param kind {@link Kind#CONSISTENT_POINT}: exactly the commits before {@code lsn} are inside. {@link Kind#SNAPSHOT}: an ordinary
 *     transaction's snapshot; {@code lsn} was the end of the WAL just before it was taken and only tells about when that was
 * @param snapshot what {@code pg_current_snapshot()} said inside the snapshot
 */
public record Position(Kind kind, Lsn lsn, String snapshot) {
    /** How exact a position is. */
    public enum Kind {
        CONSISTENT_POINT,
        SNAPSHOT
    }
}
