package io.tidemark.receiver.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.Manifest;
import io.tidemark.receiver.inbox.MemoryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that a complete changes although partials should have brought them, and those that it simply brings. */
class RepairsTest {
    @TempDir(factory = MemoryFolder.class)
    Path root;

    private History history;
    private Replica replica;

    @BeforeEach
    void open() throws IOException {
        history = new History(Files.createDirectories(root.resolve("stash")));
        replica = new Replica(history, root);
        history.tick("create table a (id int primary key, v text);"
                + " insert into a select i, 'v' || i from generate_series(1, 20) i;"
                + " create table keyless (v text); insert into keyless values ('one')");
    }

    private void standing() throws IOException {
        replica.load(history.complete());
        history.tick("update a set v = 'w' where id = 3");
        replica.load(history.partial(1, 2));
    }

    private void edit() {
        replica.sql(
                "update a set v = 'edited' where id < 3; delete from a where id = 4; insert into a values (99, 'x')");
    }

    @Test
    void rowsThatSomebodyChangedOnTheReplicaAreRepairsAndToldOnce() throws IOException {
        standing();
        assertThat(replica.repairedBy(history.complete())).as("nobody did").isZero();
        edit();
        assertThat(replica.repairedBy(history.complete())).isEqualTo(4);
        assertThat(replica.repairedBy(history.complete())).isZero();
        replica.assertEqual("a");
    }

    @Test
    void whatNoPartialCouldBringIsNoRepair() throws IOException {
        replica.load(history.complete());
        edit();
        assertThat(replica.repairedBy(history.complete()))
                .as("no partial has come")
                .isZero();

        history.tick("update a set v = 'w' where id = 3");
        replica.load(history.partial(1, 2));
        history.tick("update a set v = 'x'");
        assertThat(replica.repairedBy(history.complete()))
                .as("changes beyond the last partial")
                .isZero();
    }

    @Test
    void tablesWithoutKeyTravelWithCompletesAlone() throws IOException {
        standing();
        history.tick("insert into keyless values ('two'); update a set v = 'z' where id = 5");
        replica.load(history.partial(2, 3));
        assertThat(replica.repairedBy(history.complete())).isZero();
        replica.assertEqual("keyless");
    }

    @Test
    void aCompleteThatWasAskedForRepairsWhatIsKnownToLack() throws IOException {
        standing();
        edit();
        history.label = "requested";
        assertThat(replica.repairedBy(history.complete())).isZero();
        replica.assertEqual("a");
    }

    @Test
    void watermarksAreKnownToMissSome() throws IOException {
        history.mode = Manifest.Mode.WATERMARK;
        standing();
        edit();
        assertThat(replica.repairedBy(history.complete())).isZero();
        replica.assertEqual("a");
    }
}
