package io.tidemark.sender.partial;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.change.Cell;
import io.tidemark.change.ChangeHeader;
import io.tidemark.change.ChangeReader;
import io.tidemark.change.ChangeWriter;
import io.tidemark.change.Compactor;
import io.tidemark.change.RowChange;
import io.tidemark.change.RowLog;
import io.tidemark.change.Tuple;
import io.tidemark.table.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskLogTest {
    private static final int[] KEY = {1};
    private static final ChangeHeader HEADER = header("text");

    @TempDir
    private Path folder;

    private static ChangeHeader header(String type) {
        return new ChangeHeader(
                new TableName("public", "t"),
                List.of(new ChangeHeader.Column("v", type), new ChangeHeader.Column("id", "bigint")),
                List.of("id"),
                false);
    }

    private static Tuple row(int id) {
        return Tuple.of(List.of(id % 3 == 0 ? Cell.NULL : Cell.of("välue \"" + id + "\"\n"), Cell.of("" + id)));
    }

    private static Tuple key(int id) {
        return Tuple.of(List.of(Cell.of("" + id)));
    }

    private static Compactor feed(Feed feed) throws IOException {
        Compactor memory = new Compactor(KEY, false);
        feed.into(memory);
        return memory;
    }

    private interface Feed {
        void into(RowLog log) throws IOException;
    }

    private DiskLog disk(Feed begun) throws IOException {
        return DiskLog.of(feed(begun), HEADER, KEY, folder, 1 << 30);
    }

    private static List<String> lines(DiskLog log) throws IOException {
        List<String> lines = new ArrayList<>();
        log.write((op, cells, formerly) -> lines.add(op + " " + cells + " " + formerly));
        return lines;
    }

    private static List<String> lines(Compactor log) throws IOException {
        List<String> lines = new ArrayList<>();
        log.write((op, cells, formerly) -> lines.add(op + " " + cells + " " + formerly));
        return lines;
    }

    private static Feed inserts(int from, int to) {
        return log -> {
            for (int id = from; id < to; id++) {
                log.insert(row(id));
            }
        };
    }

    private static Feed deletes(int from, int to) {
        return log -> {
            for (int id = from; id < to; id++) {
                log.delete(key(id));
            }
        };
    }

    @Test
    void insertsAloneAreInTheirFileInTheLogsOrder() throws IOException {
        Path target = folder.resolve("changes.jsonl.zst");
        try (DiskLog log = disk(inserts(0, 500))) {
            inserts(500, 1000).into(log);

            ChangeWriter written = log.moveTo(target, HEADER).orElseThrow();

            assertThat(written.inserted()).isEqualTo(1000);
            assertThat(written.rows()).isEqualTo(1000);
        }
        try (ChangeReader reader = ChangeReader.open(target)) {
            assertThat(reader.header()).isEqualTo(HEADER);
            for (int id = 0; id < 1000; id++) {
                assertThat(reader.next()).isEqualTo(new RowChange(RowChange.Op.INSERT, row(id).cells(), List.of()));
            }
            assertThat(reader.next()).isNull();
        }
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
    }

    @Test
    void deletesAloneTooAndWhatIsNotTakenIsGone() throws IOException {
        try (DiskLog log = disk(deletes(0, 50))) {
            deletes(50, 90).into(log);
            assertThat(log.moveTo(folder.resolve("a"), HEADER).orElseThrow().deleted())
                    .isEqualTo(90);
        }
        disk(deletes(0, 50)).close();
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
    }

    /** Types that a transaction makes have no names before it is committed. */
    @Test
    void anotherHeaderThanExpectedCostsAnotherFile() throws IOException {
        try (DiskLog log = disk(inserts(0, 30))) {
            assertThat(log.moveTo(folder.resolve("a"), header("mood"))).isEmpty();
            assertThat(lines(log)).isEqualTo(lines(feed(inserts(0, 30))));
        }
    }

    @Test
    void anyOtherChangeIsCompactedWithAllBefore() throws IOException {
        List<Feed> others = List.of(
                log -> log.update(null, row(7), 1), log -> log.update(key(7), row(5000), 1), deletes(3, 9), log -> {
                    deletes(3, 9).into(log);
                    inserts(3, 5).into(log);
                });
        for (Feed other : others) {
            Compactor memory = feed(inserts(0, 200));
            other.into(memory);
            inserts(300, 400).into(memory);
            try (DiskLog log = disk(inserts(0, 100))) {
                inserts(100, 200).into(log);
                other.into(log);
                inserts(300, 400).into(log);
                assertThat(log.moveTo(folder.resolve("a"), HEADER)).isEmpty();
                assertThat(lines(log)).containsExactlyInAnyOrderElementsOf(lines(memory));
            }
        }
    }

    @Test
    void whatMemoryHasMixedIsNeverUniform() throws IOException {
        List<Feed> mixed = List.of(
                log -> {
                    inserts(0, 3).into(log);
                    deletes(9, 10).into(log);
                },
                log -> {
                    inserts(0, 3).into(log);
                    deletes(0, 3).into(log);
                },
                log -> log.update(null, row(4), 1));
        for (Feed feed : mixed) {
            assertThat(feed(feed).kind()).isEmpty();
            try (DiskLog log = disk(feed)) {
                assertThat(log.moveTo(folder.resolve("a"), HEADER)).isEmpty();
                assertThat(lines(log)).containsExactlyInAnyOrderElementsOf(lines(feed(feed)));
            }
        }
        assertThat(feed(inserts(0, 3)).kind()).isEqualTo(Optional.of(RowChange.Op.INSERT));
        assertThat(feed(deletes(0, 3)).kind()).isEqualTo(Optional.of(RowChange.Op.DELETE));
    }

    @Test
    void aTruncateTakesAllBefore() throws IOException {
        try (DiskLog log = disk(inserts(0, 30))) {
            log.truncate();
            inserts(5, 8).into(log);
            assertThat(log.isTruncated()).isTrue();
            assertThat(log.moveTo(folder.resolve("a"), HEADER)).isEmpty();
            assertThat(lines(log)).containsExactlyInAnyOrderElementsOf(lines(feed(inserts(5, 8))));
        }
    }

    @Test
    void manyKindsInTurnEndAsMemoryHasThem() throws IOException {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int last = 1 + random.nextInt(300);
            Feed first = random.nextBoolean() ? inserts(0, last) : deletes(0, last);
            Feed second = random.nextInt(3) == 0 ? deletes(1000, 1000 + last) : inserts(2000, 2000 + last);
            Compactor memory = feed(first);
            second.into(memory);
            try (DiskLog log = disk(first)) {
                second.into(log);
                assertThat(lines(log)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(lines(memory));
            }
        }
    }
}
