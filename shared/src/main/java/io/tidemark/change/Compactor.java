package io.tidemark.change;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last state of every row of one table that the log speaks of, in memory. Fed in the log's order. What it tells at the end is right for
 * every replica that stands anywhere within the range, so that it keeps a tombstone for a row that came and went, too.
 */
public final class Compactor implements RowLog {
    /** What an entry takes beside the bytes of key and row. */
    private static final int OVERHEAD = 200;

    private final int[] key;
    /** In the order in which the log first speaks of them. */
    private final Map<Tuple, RowState> rows = new LinkedHashMap<>();

    private boolean truncated;
    private long bytes;

    /**
     * @param key places of the key's columns
     * @param truncated whether the table was emptied before what it will be fed
     */
    public Compactor(int[] key, boolean truncated) {
        this.key = key.clone();
        this.truncated = truncated;
    }

    /** A row by its key; {@code row} is null where there is none any more. */
    private static final class RowState {
        private final boolean before;
        /** Whether the row came within the range; one that only took another key did not. */
        private boolean fresh;

        private @Nullable Tuple row;
        private List<Former> formerly = List.of();

        /** @param before whether the key had a row when the range began */
        private RowState(boolean before) {
            this.before = before;
        }

        private boolean isInserted() {
            return !before && row != null && formerly.isEmpty() && !row.hasUnchanged();
        }
    }

    @Override
    public void insert(Tuple row) {
        put(row.pick(key), false, row, true, List.of());
    }

    @Override
    public void update(@Nullable Tuple oldKey, Tuple now, int transaction) {
        Tuple newKey = now.pick(key);
        Tuple from = oldKey == null ? newKey : oldKey;
        RowState earlier = rows.get(from);
        Tuple row = now;
        boolean fresh = false;
        List<Former> formerly = List.of();
        if (earlier != null && earlier.row != null) {
            row = now.hasUnchanged() ? now.filledFrom(earlier.row) : now;
            fresh = earlier.fresh;
            formerly = earlier.formerly;
        }
        if (from.equals(newKey)) {
            put(newKey, true, row, fresh, formerly);
            return;
        }
        delete(from);
        put(newKey, false, row, fresh, fresh ? List.of() : moved(formerly, from, transaction));
    }

    /** A key that a row had only inside one transaction was never seen by anybody. */
    private static List<Former> moved(List<Former> before, Tuple from, int transaction) {
        if (!before.isEmpty() && before.get(before.size() - 1).transaction() == transaction) {
            return before;
        }
        List<Former> formerly = new ArrayList<>(before);
        formerly.add(new Former(from, transaction));
        return formerly;
    }

    @Override
    public void delete(Tuple gone) {
        RowState state = rows.get(gone);
        if (state == null) {
            rows.put(gone, new RowState(true));
            bytes += OVERHEAD + gone.bytes().length;
        } else if (truncated && !state.before) {
            rows.remove(gone);
            bytes -= OVERHEAD + gone.bytes().length + size(state.row);
        } else {
            bytes -= size(state.row);
            state.row = null;
            state.formerly = List.of();
        }
    }

    @Override
    public void truncate() {
        rows.clear();
        bytes = 0;
        truncated = true;
    }

    @Override
    public void restore(Tuple rowKey, boolean before, boolean fresh, @Nullable Tuple row, List<Former> formerly) {
        if (row == null) {
            rows.put(rowKey, new RowState(before));
            bytes += OVERHEAD + rowKey.bytes().length;
        } else {
            put(rowKey, before, row, fresh, formerly);
        }
    }

    private void put(Tuple rowKey, boolean before, Tuple row, boolean fresh, List<Former> formerly) {
        RowState state = rows.get(rowKey);
        if (state == null) {
            state = new RowState(before);
            rows.put(rowKey, state);
            bytes += OVERHEAD + rowKey.bytes().length;
        }
        bytes += row.bytes().length - size(state.row);
        state.row = row;
        state.fresh = fresh;
        state.formerly = formerly;
    }

    private static int size(@Nullable Tuple row) {
        return row == null ? 0 : row.bytes().length;
    }

    public boolean isTruncated() {
        return truncated;
    }

    public boolean isEmpty() {
        return rows.isEmpty() && !truncated;
    }

    /**
     * The kind of all of its changes, where that is one of which no key can come again: where all rows were inserted, or all were deleted that
     * the table had before.
     */
    public Optional<RowChange.Op> kind() {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        if (rows.values().stream().allMatch(RowState::isInserted)) {
            return Optional.of(RowChange.Op.INSERT);
        }
        boolean gone = rows.values().stream().allMatch(state -> state.before && state.row == null);
        return gone ? Optional.of(RowChange.Op.DELETE) : Optional.empty();
    }

    /** About how much memory it takes. */
    public long bytes() {
        return bytes;
    }

    /** Hands all over to another, to go on there. */
    public void handOver(RowLog other) throws IOException {
        for (Map.Entry<Tuple, RowState> entry : rows.entrySet()) {
            RowState state = entry.getValue();
            other.restore(entry.getKey(), state.before, state.fresh, state.row, state.formerly);
        }
    }

    public void write(ChangeSink sink) throws IOException {
        for (Map.Entry<Tuple, RowState> entry : rows.entrySet()) {
            RowState state = entry.getValue();
            if (state.row == null) {
                sink.row(RowChange.Op.DELETE, entry.getKey(), List.of());
            } else {
                sink.row(state.isInserted() ? RowChange.Op.INSERT : RowChange.Op.UPDATE, state.row, state.formerly);
            }
        }
    }
}
