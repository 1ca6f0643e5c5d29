package io.tidemark.sender.partial;

import io.tidemark.change.ChangeSink;
import io.tidemark.change.Compactor;
import io.tidemark.change.Former;
import io.tidemark.change.RowLog;
import io.tidemark.change.Tuple;
import io.tidemark.file.Results;
import io.tidemark.sender.log.BrokenChainException;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one table on disk, cut into groups by key, each of which is compacted by itself. Where a row takes a new key and the log does not
 * repeat all of it, the groups of both keys are compacted together; where it does, the row goes and another one comes, since a change of all keys
 * would join all groups. A group that is too large for memory is cut again.
 */
final class SpilledTable implements RowLog, Closeable {
    private static final int BITS = 8;
    private static final int PARTS = 1 << BITS;
    private static final int DEEPEST = 3;

    private final int[] key;
    private final Path folder;
    private final long memory;
    private final int depth;
    private final SpillFile file;
    private final DataOutputStream[] outputs = new DataOutputStream[PARTS];
    private final int[] groups = new int[PARTS];
    private boolean truncated;
    private long number;

    /**
     * @param memory that the compacted changes of a group may take
     * @param truncated whether the table was emptied before
     */
    SpilledTable(int[] key, Path folder, long memory, boolean truncated) throws IOException {
        this(key, folder, memory, truncated, 1);
    }

    private SpilledTable(int[] key, Path folder, long memory, boolean truncated, int depth) throws IOException {
        this.key = key;
        this.folder = folder;
        this.memory = memory;
        this.truncated = truncated;
        this.depth = depth;
        this.file = new SpillFile(folder.resolve("spill-" + System.nanoTime() + "-" + depth + ".tmp"), PARTS);
        for (int part = 0; part < PARTS; part++) {
            outputs[part] = new DataOutputStream(file.output(part));
            groups[part] = part;
        }
    }

    @Override
    public void insert(Tuple row) throws IOException {
        SpillRecord.insert(output(row.pick(key)), number++, row);
    }

    @Override
    public void update(@Nullable Tuple oldKey, Tuple now, int transaction) throws IOException {
        Tuple newKey = now.pick(key);
        if (oldKey == null || oldKey.equals(newKey)) {
            SpillRecord.update(output(newKey), number++, now);
        } else if (now.hasUnchanged()) {
            join(part(oldKey), part(newKey));
            SpillRecord.move(output(newKey), number++, oldKey, now, transaction);
        } else {
            delete(oldKey);
            insert(now);
        }
    }

    @Override
    public void delete(Tuple gone) throws IOException {
        SpillRecord.delete(output(gone), number++, gone);
    }

    @Override
    public void truncate() throws IOException {
        file.clear();
        for (int part = 0; part < PARTS; part++) {
            groups[part] = part;
        }
        truncated = true;
    }

    @Override
    public void restore(Tuple rowKey, boolean before, boolean fresh, @Nullable Tuple row, List<Former> formerly)
            throws IOException {
        SpillRecord.state(output(rowKey), number++, new SpillRecord.State(rowKey, before, fresh, row, formerly));
    }

    boolean isTruncated() {
        return truncated;
    }

    /** While a group is written the next one is compacted. */
    void write(ChangeSink sink) throws IOException {
        ExecutorService helper = Executors.newSingleThreadExecutor();
        try {
            int group = next(0);
            Future<Optional<Compactor>> ready = helper.submit(compacted(group));
            while (group < PARTS) {
                Optional<Compactor> compactor = Results.await(ready);
                int following = next(group + 1);
                if (compactor.isEmpty()) {
                    writeFiner(group, sink);
                }
                ready = helper.submit(compacted(following));
                if (compactor.isPresent()) {
                    compactor.get().write(sink);
                }
                group = following;
            }
        } finally {
            helper.shutdownNow();
        }
    }

    /** The first group from there on; PARTS where there is none. */
    private int next(int from) {
        int group = from;
        while (group < PARTS && groups[group] != group) {
            group++;
        }
        return group;
    }

    /** Empty where the group does not fit into half of the memory. */
    private Callable<Optional<Compactor>> compacted(int group) {
        return () -> {
            Compactor compactor = new Compactor(key, truncated);
            boolean fits = replay(group, compactor, () -> compactor.bytes() <= memory / 2);
            return fits ? Optional.of(compactor) : Optional.empty();
        };
    }

    private void writeFiner(int group, ChangeSink sink) throws IOException {
        if (depth == DEEPEST) {
            throw new BrokenChainException("a transaction changes keys in a way that does not fit into memory");
        }
        try (SpilledTable finer = new SpilledTable(key, folder, memory, truncated, depth + 1)) {
            replay(group, finer, () -> true);
            finer.write(sink);
        }
    }

    /** Whether more may come. */
    @FunctionalInterface
    private interface Room {
        boolean isLeft();
    }

    /** One stream of a group, which stands behind the number of its next record. */
    private record Head(long number, DataInputStream in) implements Comparable<Head> {
        @Override
        public int compareTo(Head other) {
            return Long.compare(number, other.number);
        }
    }

    /** In the log's order; false where it was ended for want of room. */
    private boolean replay(int group, RowLog log, Room room) throws IOException {
        PriorityQueue<Head> heads = new PriorityQueue<>();
        for (int part = 0; part < PARTS; part++) {
            if (groups[part] == group) {
                push(heads, new DataInputStream(file.input(part)));
            }
        }
        for (Head head = heads.poll(); head != null; head = heads.poll()) {
            SpillRecord.replay(head.in(), log);
            if (!room.isLeft()) {
                return false;
            }
            push(heads, head.in());
        }
        return true;
    }

    private static void push(PriorityQueue<Head> heads, DataInputStream in) throws IOException {
        long next = SpillRecord.number(in);
        if (next >= 0) {
            heads.add(new Head(next, in));
        }
    }

    private void join(int one, int other) {
        int from = groups[one];
        int to = groups[other];
        for (int part = 0; part < PARTS; part++) {
            if (groups[part] == from) {
                groups[part] = to;
            }
        }
    }

    private DataOutputStream output(Tuple rowKey) {
        return outputs[part(rowKey)];
    }

    /** Other bits of the hash at each depth. */
    private int part(Tuple rowKey) {
        int mixed = rowKey.hashCode();
        mixed = (mixed ^ (mixed >>> 16)) * 0x85eb_ca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2_ae35;
        mixed ^= (mixed >>> 16);
        return (mixed >>> (BITS * (depth - 1))) & (PARTS - 1);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
