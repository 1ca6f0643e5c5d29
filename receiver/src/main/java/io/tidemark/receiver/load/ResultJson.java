package io.tidemark.receiver.load;

import io.tidemark.failure.DamagedException;
import io.tidemark.json.StrictJson;
import io.tidemark.receipt.Receipt.TableResult;
import io.tidemark.table.TableShape;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** How the ledger keeps what has no columns of its own. */
public final class ResultJson {
    private ResultJson() {}

    public static String write(Object value) {
        return new String(StrictJson.pretty(value), StandardCharsets.UTF_8);
    }

    static TableShape shape(String json) {
        return read(json, TableShape.class, "shape");
    }

    /** What a bundle that is in the ledger did to each table. */
    public static List<TableResult> tables(LedgerEntry entry) {
        return List.of(read(entry.receipt(), TableResult[].class, "receipt of " + entry.name()));
    }

    public static LoadResult result(LedgerEntry entry) {
        return new LoadResult(entry.started(), entry.loaded(), Duration.ofMillis(entry.milliseconds()), tables(entry));
    }

    private static <T> T read(String json, Class<T> type, String what) {
        try {
            return StrictJson.read(json.getBytes(StandardCharsets.UTF_8), type);
        } catch (DamagedException failure) {
            throw new IllegalStateException("schema tidemark holds an unreadable " + what, failure);
        }
    }
}
