package io.tidemark.sender.partial;

import io.tidemark.change.ChangeHeader;
import io.tidemark.change.ChangeSink;
import io.tidemark.change.ChangeWriter;
import io.tidemark.change.Compactor;
import io.tidemark.change.RowLog;
import io.tidemark.change.Tuple;
import io.tidemark.sender.log.LogMessage;
import io.tidemark.sender.log.TableLayout;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The changes of one table in one layout: in memory, or on disk once they have become too many. */
final class TableBatch implements Closeable {
    private static final char WHOLE_ROW = 'O';

    private TableLayout layout;
    private final int[] key;
    private Compactor memory;
    private @Nullable DiskLog disk;

    TableBatch(TableLayout layout) {
        this.layout = layout;
        this.key = layout.keyPlaces();
        this.memory = new Compactor(key, false);
    }

    TableLayout layout() {
        return layout;
    }

    /** Asks for the types' names again; rows are told apart as before. */
    void refresh(Layouts layouts) {
        TableLayout now = layouts.layout(layout.relation());
        layout = new TableLayout(now.relation(), now.columns(), layout.key());
    }

    private RowLog log() {
        return disk == null ? memory : disk;
    }

    void insert(LogMessage.Insert change) throws IOException {
        log().insert(change.row());
    }

    /** Of an unchanged row's key the log repeats every value, but in the image before where it is kept outside of the row. */
    void update(LogMessage.Update change, int transaction) throws IOException {
        Tuple before = change.before();
        Tuple row = change.row();
        if (before == null) {
            log().update(null, row, transaction);
            return;
        }
        if (row.hasUnchanged()) {
            row = change.old() == WHOLE_ROW ? row.filledFrom(before) : row.filledFrom(before, this::isKey);
        }
        Tuple oldKey = before.pick(key);
        log().update(oldKey.equals(row.pick(key)) ? null : oldKey, row, transaction);
    }

    private boolean isKey(int column) {
        for (int place : key) {
            if (place == column) {
                return true;
            }
        }
        return false;
    }

    void delete(LogMessage.Delete change) throws IOException {
        log().delete(change.before().pick(key));
    }

    void truncate() throws IOException {
        log().truncate();
    }

    /** In memory. */
    long bytes() {
        return memory.bytes();
    }

    boolean isSpilled() {
        return disk != null;
    }

    /** @param room that compacting may take later on */
    void spill(Path folder, long room) throws IOException {
        disk = DiskLog.of(memory, header(), key, folder, room);
        memory = new Compactor(key, false);
    }

    ChangeHeader header() {
        boolean truncated = disk == null ? memory.isTruncated() : disk.isTruncated();
        return new ChangeHeader(layout.table(), layout.columns(), layout.key(), truncated);
    }

    boolean isEmpty() {
        return disk == null && memory.isEmpty();
    }

    /**
     * Puts the change file there, where it is written already.
     *
     * @return what was written; empty where it is not
     */
    Optional<ChangeWriter> moveTo(Path file) throws IOException {
        return disk == null ? Optional.empty() : disk.moveTo(file, header());
    }

    void write(ChangeSink sink) throws IOException {
        if (disk == null) {
            memory.write(sink);
        } else {
            disk.write(sink);
        }
    }

    @Override
    public void close() throws IOException {
        if (disk != null) {
            disk.close();
        }
    }
}
