package io.tidemark.receiver.chain;

import io.tidemark.position.Lsn;
import io.tidemark.position.SourceIdentity;
import java.time.Instant;

/**
 * How far a source's data in the replica are.
 *
 * @param position where they stand
 * @param identity the database in whose log that is a position
 * @param completePosition where the complete was cut that was loaded last
 * @param completeSequence that complete's number
 * @param partialSequence number of the partial that was applied last; 0 before the first
 * @param partialManifest SHA-256 of that partial's manifest; empty before the first
 * @param asOf when the bundle was made that brought the data to {@code position}
 * @param loaded when that was
 */
public record SourceState(
        Lsn position,
        SourceIdentity identity,
        Lsn completePosition,
        long completeSequence,
        long partialSequence,
        String partialManifest,
        Instant asOf,
        Instant loaded) {}
