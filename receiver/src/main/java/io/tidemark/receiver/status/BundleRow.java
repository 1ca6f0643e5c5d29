package io.tidemark.receiver.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.bundle.BundleId;
import io.tidemark.receipt.Receipt;
import io.tidemark.receipt.Receipt.TableResult;
import io.tidemark.receiver.load.LedgerEntry;
import io.tidemark.receiver.load.ResultJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bundle as the receiver knows it, for people and scripts.
 *
 * @param state of the receipt; {@code arriving} before there is one
 * @param bytes of its rows as they were copied; 0 where it was not loaded
 * @param reason why it was not loaded, and {@code hint} what to do; empty where it was
 * @param tables what it did to each table; empty in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BundleRow(
        String bundle,
        String source,
        long sequence,
        String kind,
        Instant created,
        String state,
        @Nullable Instant received,
        @Nullable Instant loaded,
        long milliseconds,
        long bytes,
        long rows,
        long inserted,
        long updated,
        long deleted,
        boolean equal,
        boolean archived,
        String reason,
        String hint,
        List<TableResult> tables) {
    static final String ARRIVING = "arriving";

    public BundleRow {
        tables = List.copyOf(tables);
    }

    static BundleRow of(LedgerEntry entry, boolean archived) {
        return new BundleRow(
                entry.name(),
                entry.source(),
                entry.sequence(),
                entry.kind(),
                entry.created(),
                Words.of(Receipt.State.LOADED),
                entry.received(),
                entry.loaded(),
                entry.milliseconds(),
                entry.bytes(),
                entry.rows(),
                entry.inserted(),
                entry.updated(),
                entry.deleted(),
                entry.equal(),
                archived,
                "",
                "",
                ResultJson.tables(entry));
    }

    static BundleRow of(BundleId id, Receipt receipt, boolean archived) {
        return notLoaded(id, Words.of(receipt.state()), receipt.received(), archived, receipt.reason(), receipt.hint());
    }

    static BundleRow arriving(BundleId id) {
        return notLoaded(
                id, ARRIVING, null, false, "its last volume has not been loaded yet", "nothing, unless it stays so");
    }

    private static BundleRow notLoaded(
            BundleId id, String state, @Nullable Instant received, boolean archived, String reason, String hint) {
        return new BundleRow(
                id.name(),
                id.source(),
                id.sequence(),
                id.kind().word(),
                id.created(),
                state,
                received,
                null,
                0,
                0,
                0,
                0,
                0,
                0,
                false,
                archived,
                reason,
                hint,
                List.of());
    }

    /** Whether it may still be loaded. */
    public boolean isWaiting() {
        return !isLoaded()
                && (state.equals(ARRIVING)
                        || state.equals(Words.of(Receipt.State.HELD))
                        || state.equals(Words.of(Receipt.State.MISSING)));
    }

    /** With what a bundle that is not loaded would change. */
    BundleRow promising(List<TableResult> promised) {
        return new BundleRow(
                bundle,
                source,
                sequence,
                kind,
                created,
                state,
                received,
                loaded,
                milliseconds,
                bytes,
                promised.stream().mapToLong(TableResult::rows).sum(),
                promised.stream().mapToLong(TableResult::inserted).sum(),
                promised.stream().mapToLong(TableResult::updated).sum(),
                promised.stream().mapToLong(TableResult::deleted).sum(),
                equal,
                archived,
                reason,
                hint,
                promised);
    }

    public boolean isLoaded() {
        return loaded != null;
    }

    public BundleRow withoutTables() {
        return new BundleRow(
                bundle,
                source,
                sequence,
                kind,
                created,
                state,
                received,
                loaded,
                milliseconds,
                bytes,
                rows,
                inserted,
                updated,
                deleted,
                equal,
                archived,
                reason,
                hint,
                List.of());
    }
}
