package io.tidemark.receiver.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.Manifest;
import io.tidemark.position.Lsn;
import io.tidemark.position.Position;
import io.tidemark.position.SourceIdentity;
import io.tidemark.table.DataFormat;
import io.tidemark.table.TableDigest;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicaTablesTest {
    private static final TableName A = new TableName("public", "a");

    @Test
    void aTableThatKeepsLessThanItsShareIsToldWithItsRows() {
        assertThat(shrinking(true, 2000, 999)).as("shrinking").containsExactly("public.a (2000 → 999 rows)");
    }

    @Test
    void aTableThatKeepsItsShareOrGrowsMayDoSo() {
        assertThat(shrinking(true, 2000, 1000)).as("exactly the share").isEmpty();
        assertThat(shrinking(true, 2000, 5000)).as("grown").isEmpty();
    }

    @Test
    void smallTablesMayShrinkAsTheyLike() {
        assertThat(shrinking(true, 999, 0)).as("below the guard").isEmpty();
        assertThat(shrinking(true, 1000, 0)).as("at the guard").containsExactly("public.a (1000 → 0 rows)");
    }

    @Test
    void aTableThatVanishedLosesAllItsRows() {
        assertThat(ReplicaTables.shrinking(manifest(), known(true, 5000).values(), 0.5))
                .as("vanished")
                .extracting(RelationState::table)
                .containsExactly(A);
    }

    @Test
    void aTableWithoutItsFirstRowsHasNothingToLose() {
        assertThat(shrinking(false, 5000, 0)).as("never loaded").isEmpty();
    }

    @Test
    void aShareOfNothingSwitchesTheGuardOff() {
        assertThat(ReplicaTables.shrinking(manifest(), known(true, 5000).values(), 0))
                .as("vanished, unguarded")
                .isEmpty();
    }

    private static List<String> shrinking(boolean loaded, long before, long now) {
        Manifest manifest = manifest(table(now));
        return ReplicaTables.shrinking(manifest, known(loaded, before).values(), 0.5).stream()
                .map(state -> ReplicaTables.shrinkage(manifest, state))
                .toList();
    }

    private static Map<TableName, RelationState> known(boolean loaded, long rows) {
        return Map.of(A, new RelationState(A, loaded, 1, rows, TableDigest.EMPTY, DataFormat.TEXT, shape(), ""));
    }

    private static Manifest.Table table(long rows) {
        return new Manifest.Table(shape(), shape().fingerprint(), DataFormat.TEXT, 512, rows, rows, TableDigest.EMPTY);
    }

    private static TableShape shape() {
        return new TableShape(A, List.of(), List.of(), List.of());
    }

    private static Manifest manifest(Manifest.Table... tables) {
        return new Manifest(
                Manifest.FORMAT,
                "tidemark",
                "shop",
                2,
                BundleKind.COMPLETE,
                "",
                Instant.EPOCH,
                new SourceIdentity("1", 1, 1),
                new Position(Position.Kind.CONSISTENT_POINT, Lsn.parse("0/1"), "1:1:"),
                null,
                null,
                new Manifest.Server(150000, "UTF8"),
                List.of(tables),
                List.of(),
                new Manifest.Parts(0, 0, 0),
                new Manifest.Media(false, 0, 0),
                List.of(),
                List.of(),
                List.of());
    }
}
