package io.tidemark.receiver.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.BundleId;
import io.tidemark.change.Cell;
import io.tidemark.change.RowChange;
import io.tidemark.receiver.inbox.MemoryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the replica has of its own beside a row goes with the row when that takes another key. */
class OwnColumnsTest {
    @TempDir(factory = MemoryFolder.class)
    Path root;

    private History history;
    private Replica replica;

    @BeforeEach
    void open() throws IOException {
        history = new History(Files.createDirectories(root.resolve("stash")));
        replica = new Replica(history, root);
        history.tick("create table a (id int primary key, u int unique, v text);"
                + " insert into a values (1, 1, 'one'), (2, 2, 'two'), (3, 3, 'three')");
        replica.load(history.complete());
        replica.sql("alter table a add own text, add must int not null default 7;"
                + " update a set own = 'of ' || v, must = id * 10");
    }

    private static RowChange gone(int key) {
        return RowChange.of(RowChange.Op.DELETE, List.of(Cell.of("" + key)));
    }

    /** A row with the keys that it had; its values are those of the primary. */
    private RowChange moved(int now, int... formerly) {
        String[] cells = history.server
                .read(history.primary, "select u || '/' || v from a where id = " + now)
                .split("/", -1);
        List<RowChange.Formerly> keys = new ArrayList<>();
        for (int i = 0; i < formerly.length; i++) {
            keys.add(new RowChange.Formerly(List.of(Cell.of("" + formerly[i])), History.lsn(2 + i)));
        }
        return new RowChange(
                RowChange.Op.UPDATE, List.of(Cell.of("" + now), Cell.of(cells[0]), Cell.of(cells[1])), keys);
    }

    private void assertRows(String rows) {
        replica.assertEqualColumns("a", "id, u, v");
        assertThat(replica.read("select concat_ws(':', id, own, must) from a order by id"))
                .isEqualTo(rows);
    }

    @Test
    void whenARowTakesAKeyThatNobodyHad() throws IOException {
        history.tick("update a set id = 9, v = 'new' where id = 1; insert into a values (1, 5, 'another')");
        replica.load(history.partial(1, 2, "public.a", moved(9, 1), moved(1)));
        assertRows("1:of one:10 2:of two:20 3:of three:30 9:of one:10");
    }

    @Test
    void whenRowsTakeEachOthersKeysAndUniqueValues() throws IOException {
        history.tick(
                "begin; update a set id = -id, u = -u; update a set id = case id when -1 then 2 when -2 then 3 else 1 end,"
                        + " u = case u when -1 then 3 when -2 then 1 else 2 end; commit");
        replica.load(history.partial(1, 2, "public.a", moved(2, 1), moved(3, 2), moved(1, 3)));
        assertRows("1:of three:30 2:of one:10 3:of two:20");
    }

    @Test
    void fromEveryPositionWithinTheRange() throws IOException {
        history.tick("update a set id = id + 10");
        history.tick("update a set id = id + 10, v = v || '!' where id = 11");
        BundleId whole = history.partial(
                1, 3, "public.a", gone(1), gone(2), gone(3), gone(11), moved(21, 1, 11), moved(12, 2), moved(13, 3));
        BundleId half =
                history.partial(1, 2, "public.a", gone(1), gone(2), gone(3), old(11, 1), old(12, 2), old(13, 3));
        replica.load(half);
        replica.load(whole);
        assertRows("12:of two:20 13:of three:30 21:of one:10");
    }

    private static RowChange old(int now, int before) {
        return new RowChange(
                RowChange.Op.UPDATE,
                List.of(
                        Cell.of("" + now),
                        Cell.of("" + before),
                        Cell.of(List.of("one", "two", "three").get(before - 1))),
                List.of(new RowChange.Formerly(List.of(Cell.of("" + before)), History.lsn(2))));
    }
}
