package io.tidemark.receiver.load.partial;

/**
 * Rows of one table that were written.
 *
 * @param lost rows that were not, since cells which the log did not repeat are nowhere to be found
 */
record Touched(long inserted, long updated, long deleted, long lost) {
    static final Touched NOTHING = new Touched(0, 0, 0, 0);

    Touched plus(Touched other) {
        return new Touched(
                inserted + other.inserted, updated + other.updated, deleted + other.deleted, lost + other.lost);
    }
}
