package io.tidemark.deploy.bench;

/**
 * One way from the primary to the replica.
 *
 * @param bytes over the wire, both directions
 * @param peakBytes resident memory of the tool's processes, the databases' own not counted
 */
record Measured(double seconds, long bytes, long peakBytes) {

    Measured better(Measured other) {
        return other.seconds < seconds ? other : this;
    }
}
