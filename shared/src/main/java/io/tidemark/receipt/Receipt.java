package io.tidemark.receipt;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.tidemark.blob.BlobId;
import io.tidemark.position.Lsn;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the receiver says of one bundle; a file {@code <bundle>.json} in the receipts folder, replaced when the state changes.
 *
 * @param manifest SHA-256 of the bundle's manifest
 * @param store identity of the receiver's blob store: another identity means that contents sent before are gone
 * @param lastSequence the highest sequence of this source that the receiver has loaded or refused; 0 for none
 * @param reason why it was not loaded; empty where it was
 * @param missing contents that the bundle names and the store lacks, at most {@link #MAX_MISSING}
 * @param missingMore more are missing than listed: everything has to be sent again
 * @param position where the source's data in the database stand; absent before the first load
 * @param equal every table proven equal to the primary at the bundle's position
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Receipt(
        String bundle,
        String manifest,
        State state,
        String store,
        long lastSequence,
        String reason,
        String hint,
        List<BlobId> missing,
        boolean missingMore,
        @JsonSetter(nulls = Nulls.SET) @Nullable Instant received,
        @JsonSetter(nulls = Nulls.SET) @Nullable Instant started,
        @JsonSetter(nulls = Nulls.SET) @Nullable Instant loaded,
        long milliseconds,
        @JsonSetter(nulls = Nulls.SET) @Nullable Lsn position,
        boolean equal,
        List<TableResult> tables) {
    public static final int MAX_MISSING = 10_000;

    public Receipt {
        missing = List.copyOf(missing);
        tables = List.copyOf(tables);
    }

    public Receipt withLastSequence(long sequence) {
        return new Receipt(
                bundle,
                manifest,
                state,
                store,
                sequence,
                reason,
                hint,
                missing,
                missingMore,
                received,
                started,
                loaded,
                milliseconds,
                position,
                equal,
                tables);
    }

    /** What became of the bundle. */
    public enum State {
        /** Its data are in the database. */
        LOADED,
        /** A later or the same bundle was loaded before; nothing was done. */
        COVERED,
        /** Contents are missing; the next bundle brings them. */
        MISSING,
        /** It waits for a person or for the database; the reason says what to do. */
        HELD,
        /** Damaged, hostile or foreign; it lies in quarantine. */
        REFUSED
    }

    /** Counts of rows in one table; {@code proof} says how {@code equal} is known: {@code digest}, {@code load} or {@code merge}. */
    public record TableResult(
            String schema,
            String name,
            long rows,
            long inserted,
            long updated,
            long deleted,
            boolean equal,
            String proof) {}
}
