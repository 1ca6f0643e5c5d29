package io.tidemark.receiver.load.partial;

import io.tidemark.change.Cell;
import io.tidemark.change.RowChange;
import io.tidemark.file.Results;
import io.tidemark.receiver.inbox.ChangeFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Reads a change file while what was read before is written to the database. Two pieces of about a megabyte, or of one row, are in memory. */
final class ChangesAhead implements Closeable {
    /** Characters, and as many for each cell as it takes beside them. */
    private static final int PIECE = 1 << 19;

    private static final int CELL = 32;

    private final ChangeFile file;
    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    private Future<List<RowChange>> ahead;
    private Iterator<RowChange> piece = List.<RowChange>of().iterator();

    /** @param file closed with this */
    ChangesAhead(ChangeFile file) {
        this.file = file;
        this.ahead = reader.submit(piece());
    }

    /** As {@link ChangeFile#next}. */
    @Nullable
    RowChange next() throws IOException {
        if (!piece.hasNext()) {
            List<RowChange> read = Results.await(ahead);
            if (read.isEmpty()) {
                return null;
            }
            piece = read.iterator();
            ahead = reader.submit(piece());
        }
        return piece.next();
    }

    /** Empty at the end, also where it is asked for again. */
    private Callable<List<RowChange>> piece() {
        return () -> {
            List<RowChange> rows = new ArrayList<>();
            long size = 0;
            while (size < PIECE) {
                Optional<RowChange> change = Optional.ofNullable(file.next());
                if (change.isEmpty()) {
                    break;
                }
                rows.add(change.get());
                size += size(change.get());
            }
            return rows;
        };
    }

    private static long size(RowChange change) {
        long size = 0;
        for (Cell cell : change.cells()) {
            size += CELL + (cell.text() == null ? 0 : cell.text().length());
        }
        return size;
    }

    /** Returns once nobody reads the file any more. */
    @Override
    public void close() throws IOException {
        reader.shutdown();
        try {
            ahead.get();
        } catch (ExecutionException failure) {
            // Whoever needed the piece has been told.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            file.close();
        }
    }
}
