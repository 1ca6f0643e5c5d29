package io.tidemark.receiver.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.receipt.Receipt.TableResult;
import java.time.Duration;
import java.util.List;

/** How the ledger keeps what a load did to each table. */
public final class ResultJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ResultJson() {}

    static String write(List<TableResult> tables) {
        try {
            return JSON.writeValueAsString(tables);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What a bundle that is in the ledger did to each table. */
    public static List<TableResult> tables(LedgerEntry entry) {
        try {
            return JSON.readValue(entry.receipt(), new TypeReference<List<TableResult>>() {});
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("tidemark.bundle holds an unreadable receipt of " + entry.name(), failure);
        }
    }

    static LoadResult result(LedgerEntry entry) {
        return new LoadResult(
                LoadResult.State.LOADED,
                entry.started(),
                entry.loaded(),
                Duration.ofMillis(entry.milliseconds()),
                tables(entry));
    }
}
