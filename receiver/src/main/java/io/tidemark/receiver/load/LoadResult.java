package io.tidemark.receiver.load;

import io.tidemark.receipt.Receipt.TableResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How a bundle came out.
 *
 * @param loaded when its rows were committed
 */
public record LoadResult(Instant started, Instant loaded, Duration took, List<TableResult> tables) {
    public LoadResult {
        tables = List.copyOf(tables);
    }

    public boolean equal() {
        return tables.stream().allMatch(TableResult::equal);
    }

    public long inserted() {
        return tables.stream().mapToLong(TableResult::inserted).sum();
    }

    public long updated() {
        return tables.stream().mapToLong(TableResult::updated).sum();
    }

    public long deleted() {
        return tables.stream().mapToLong(TableResult::deleted).sum();
    }
}
