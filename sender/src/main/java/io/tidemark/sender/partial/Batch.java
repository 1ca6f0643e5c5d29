package io.tidemark.sender.partial;

import io.tidemark.position.Lsn;
import io.tidemark.sender.log.TableLayout;
import io.tidemark.table.TableName;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a drain has read: the changes of every table, bounded in memory. */
final class Batch implements Closeable {
    private final Path folder;
    private final long memory;
    private final Map<TableName, TableBatch> tables = new TreeMap<>();
    private final Map<Integer, Lsn> ends = new HashMap<>();
    private boolean spilled;

    /**
     * @param folder where tables go that are too large for memory
     * @param memory that the changes may take
     */
    Batch(Path folder, long memory) {
        this.folder = folder;
        this.memory = memory;
    }

    Optional<TableBatch> table(TableName name) {
        return Optional.ofNullable(tables.get(name));
    }

    TableBatch table(TableLayout layout) {
        return tables.computeIfAbsent(layout.table(), name -> new TableBatch(layout));
    }

    Collection<TableBatch> tables() {
        return tables.values();
    }

    void ended(int transaction, Lsn end) {
        ends.put(transaction, end);
    }

    Lsn end(int transaction) {
        Lsn end = ends.get(transaction);
        if (end == null) {
            throw new IllegalStateException("transaction " + transaction + " has not ended");
        }
        return end;
    }

    /** Whether it is time to end at the next commit. */
    boolean isFull() {
        return spilled || bytes() > memory;
    }

    /** In memory. */
    long bytes() {
        return tables.values().stream().mapToLong(TableBatch::bytes).sum();
    }

    /** Puts the largest tables on disk where a transaction goes on and on. */
    void relieve() throws IOException {
        while (bytes() > memory + memory / 2) {
            spillLargest();
        }
    }

    /** Puts the table with most in memory on disk. */
    void spillLargest() throws IOException {
        TableBatch largest = tables.values().stream()
                .max(Comparator.comparingLong(TableBatch::bytes))
                .orElseThrow();
        largest.spill(folder, memory);
        spilled = true;
    }

    /** Whether no table is in both. */
    boolean isApart(Batch other) {
        return Collections.disjoint(tables.keySet(), other.tables.keySet());
    }

    /**
     * Takes the tables of another, which has none of ours and nothing afterwards. Only now their types can be asked for where the other's
     * transaction has made them.
     */
    void adopt(Batch other, Layouts layouts) {
        other.tables.values().forEach(table -> table.refresh(layouts));
        tables.putAll(other.tables);
        other.tables.clear();
        spilled |= other.spilled;
    }

    boolean isEmpty() {
        return tables.values().stream().allMatch(TableBatch::isEmpty);
    }

    @Override
    public void close() throws IOException {
        for (TableBatch table : tables.values()) {
            table.close();
        }
    }
}
