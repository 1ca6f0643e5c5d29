package io.tidemark.sender.partial;

import io.tidemark.change.ChangeHeader;
import io.tidemark.change.ChangeSink;
import io.tidemark.change.ChangeWriter;
import io.tidemark.change.Compactor;
import io.tidemark.change.Former;
import io.tidemark.change.RowChange;
import io.tidemark.change.RowLog;
import io.tidemark.change.Tuple;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one table on disk. As long as all of them are inserts, or all are deletes, no key can come twice: each is written as it will
 * leave, and nothing is left to be done at the end. From the first of another kind on they are cut into groups by key.
 */
final class DiskLog implements RowLog, Closeable {
    private final int[] key;
    private final Path folder;
    private final long memory;
    private boolean truncated;
    private @Nullable UniformFile uniform;
    private @Nullable SpilledTable groups;

    private DiskLog(int[] key, Path folder, long memory, boolean truncated) {
        this.key = key;
        this.folder = folder;
        this.memory = memory;
        this.truncated = truncated;
    }

    /**
     * @param begun what memory holds of the table
     * @param header of the file, as far as it is known
     * @param memory that compacting a group may take
     */
    static DiskLog of(Compactor begun, ChangeHeader header, int[] key, Path folder, long memory) throws IOException {
        DiskLog log = new DiskLog(key, folder, memory, header.truncated());
        boolean whole = false;
        try {
            Optional<RowChange.Op> kind = begun.kind();
            if (kind.isPresent()) {
                Path path = folder.resolve("uniform-" + System.nanoTime() + ".tmp");
                UniformFile file = new UniformFile(path, header, kind.get());
                log.uniform = file;
                begun.write((op, cells, formerly) -> file.add(cells));
            } else {
                begun.handOver(log.groups());
            }
            whole = true;
            return log;
        } finally {
            if (!whole) {
                log.close();
            }
        }
    }

    @Override
    public void insert(Tuple row) throws IOException {
        if (!isWritten(RowChange.Op.INSERT, row)) {
            groups().insert(row);
        }
    }

    @Override
    public void update(@Nullable Tuple oldKey, Tuple now, int transaction) throws IOException {
        groups().update(oldKey, now, transaction);
    }

    @Override
    public void delete(Tuple gone) throws IOException {
        if (!isWritten(RowChange.Op.DELETE, gone)) {
            groups().delete(gone);
        }
    }

    /** Where all before are of its kind. */
    private boolean isWritten(RowChange.Op op, Tuple cells) throws IOException {
        UniformFile file = uniform;
        if (file == null || file.op() != op) {
            return false;
        }
        file.add(cells);
        return true;
    }

    @Override
    public void truncate() throws IOException {
        truncated = true;
        if (groups != null) {
            groups.truncate();
        }
        if (uniform != null) {
            uniform.close();
            uniform = null;
        }
    }

    boolean isTruncated() {
        return truncated;
    }

    @Override
    public void restore(Tuple rowKey, boolean before, boolean fresh, @Nullable Tuple row, List<Former> formerly)
            throws IOException {
        groups().restore(rowKey, before, fresh, row, formerly);
    }

    /** From now on there are no others. */
    private SpilledTable groups() throws IOException {
        SpilledTable cut = groups;
        if (cut == null) {
            cut = new SpilledTable(key, folder, memory, truncated);
            groups = cut;
            if (uniform != null) {
                scatter(uniform, cut);
                uniform.close();
                uniform = null;
            }
        }
        return cut;
    }

    private static void scatter(UniformFile file, SpilledTable groups) throws IOException {
        file.replay((op, cells, formerly) -> {
            if (op == RowChange.Op.INSERT) {
                groups.insert(cells);
            } else {
                groups.delete(cells);
            }
        });
    }

    /**
     * Puts the file there that all is in already.
     *
     * @param header that it has to begin with
     * @return what was written; empty where the file is still to be written
     */
    Optional<ChangeWriter> moveTo(Path target, ChangeHeader header) throws IOException {
        UniformFile file = uniform;
        if (file == null || !file.header().equals(header)) {
            return Optional.empty();
        }
        ChangeWriter written = file.moveTo(target);
        uniform = null;
        return Optional.of(written);
    }

    void write(ChangeSink sink) throws IOException {
        if (uniform != null) {
            uniform.replay(sink);
        } else {
            groups().write(sink);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (uniform != null) {
                uniform.close();
            }
        } finally {
            if (groups != null) {
                groups.close();
            }
        }
    }
}
