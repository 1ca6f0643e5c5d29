package io.tidemark.sender.partial;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.change.Cell;
import io.tidemark.change.ChangeSink;
import io.tidemark.change.Compactor;
import io.tidemark.change.RowChange;
import io.tidemark.change.RowLog;
import io.tidemark.change.Tuple;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpilledTableTest {
    private static final int[] KEY = {0};
    private static final int ROWS = 3000;

    @TempDir
    private Path folder;

    private static Tuple key(int key) {
        return Tuple.of(List.of(Cell.of("key " + key)));
    }

    /** The same for the same seed: inserts, updates, deletes and new keys, with and without values that the log repeats. */
    private static void feed(RowLog log, long seed, int from, int to) throws IOException {
        Random random = new Random(seed);
        TreeMap<Integer, Boolean> rows = new TreeMap<>();
        for (int i = 0; i < to; i++) {
            int key = random.nextInt(ROWS);
            int other = random.nextInt(ROWS);
            boolean kept = random.nextInt(20) == 0;
            int what = random.nextInt(100);
            boolean told = i >= from;
            Cell large = kept ? Cell.UNCHANGED : Cell.of("large " + i);
            if (!rows.containsKey(key)) {
                rows.put(key, true);
                if (told) {
                    log.insert(Tuple.of(List.of(Cell.of("key " + key), Cell.of("large " + i))));
                }
            } else if (what < 30) {
                rows.remove(key);
                if (told) {
                    log.delete(key(key));
                }
            } else if (what < 40 && !rows.containsKey(other)) {
                rows.remove(key);
                rows.put(other, true);
                if (told) {
                    log.update(key(key), Tuple.of(List.of(Cell.of("key " + other), large)), i);
                }
            } else if (told) {
                log.update(null, Tuple.of(List.of(Cell.of("key " + key), large)), i);
            }
        }
    }

    /** Of a row that the log repeats whole its former keys are not known on disk. */
    private static Set<String> lines(Writing writing) throws IOException {
        Set<String> lines = new TreeSet<>();
        writing.into((op, cells, formerly) -> lines.add(
                op == RowChange.Op.DELETE || cells.hasUnchanged() ? op + " " + cells + " " + formerly : "" + cells));
        return lines;
    }

    /** Something that tells its rows. */
    @FunctionalInterface
    private interface Writing {
        void into(ChangeSink sink) throws IOException;
    }

    @Test
    void tellsTheSameAsMemoryDoes() throws IOException {
        for (long seed = 0; seed < 5; seed++) {
            Compactor memory = new Compactor(KEY, false);
            feed(memory, seed, 10_000, 40_000);
            try (SpilledTable disk = new SpilledTable(KEY, folder, 1 << 30, false)) {
                feed(disk, seed, 10_000, 40_000);
                assertThat(lines(disk::write)).as("seed %d", seed).isEqualTo(lines(memory::write));
            }
        }
    }

    @Test
    void aGroupThatIsTooLargeIsCutAgain() throws IOException {
        Compactor memory = new Compactor(KEY, false);
        feed(memory, 1, 0, 9000);
        try (SpilledTable disk = new SpilledTable(KEY, folder, 60_000, false)) {
            feed(disk, 1, 0, 9000);
            assertThat(lines(disk::write)).isEqualTo(lines(memory::write));
        }
    }

    @Test
    void goesOnFromWhatMemoryHeld() throws IOException {
        Compactor memory = new Compactor(KEY, false);
        feed(memory, 3, 0, 20_000);
        Compactor first = new Compactor(KEY, false);
        feed(first, 3, 0, 10_000);
        try (SpilledTable disk = new SpilledTable(KEY, folder, 1 << 30, false)) {
            first.handOver(disk);
            feed(disk, 3, 10_000, 20_000);
            assertThat(lines(disk::write)).isEqualTo(lines(memory::write));
        }
    }

    @Test
    void nothingIsLeftOfWhatATruncateTookAway() throws IOException {
        try (SpilledTable disk = new SpilledTable(KEY, folder, 1 << 30, false)) {
            feed(disk, 4, 0, 20_000);
            disk.truncate();
            disk.insert(Tuple.of(List.of(Cell.of("a"), Cell.of("b"))));
            assertThat(disk.isTruncated()).isTrue();
            assertThat(lines(disk::write)).hasSize(1);
        }
    }
}
