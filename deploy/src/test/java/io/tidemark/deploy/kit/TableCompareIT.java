package io.tidemark.deploy.kit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TableCompareIT {
    private final Scratch scratch = Scratch.create("test");
    private final PostgresCluster cluster =
            PostgresCluster.start(PostgresPrograms.newest(), scratch.resolve("cluster"), PostgresCluster.careless());

    @BeforeEach
    void twoEqualDatabases() {
        cluster.psql("postgres", "create database a");
        cluster.psql("postgres", "create database b");
        TransApp.create(cluster, "a", 0.005);
        TransApp.create(cluster, "b", 0.005);
    }

    @AfterEach
    void stop() {
        cluster.close();
        scratch.close();
    }

    @Test
    void findsTheSameScaleEqual() {
        TableCompare.Outcome outcome = TableCompare.of(cluster, "a", cluster, "b");

        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.relations()).as("nine tables, eight sequences").isEqualTo(17);
        assertThat(outcome.rows()).isGreaterThan(9000);
        assertThat(SchemaCompare.differences(cluster, "a", cluster, "b")).isEmpty();
    }

    @Test
    void findsOneChangedCellAndOneMissingTable() {
        cluster.psql(
                "b",
                "update \"AndroidRequests_report\" set message = message || ' ' where id = 7;"
                        + "drop table \"AndroidRequests_poseintrajectoryoftoken\"");

        assertThat(TableCompare.of(cluster, "a", cluster, "b").differences())
                .anySatisfy(line -> assertThat(line).startsWith("public.\"AndroidRequests_report\": "))
                .anySatisfy(line ->
                        assertThat(line).contains("poseintrajectoryoftoken\": ").endsWith("target missing"));
    }

    @Test
    void findsRowsThatAreThereTwice() {
        cluster.psql("a", "create table plain (x int); insert into plain values (1), (1), (2)");
        cluster.psql("b", "create table plain (x int); insert into plain values (1), (2), (2)");

        assertThat(TableCompare.of(cluster, "a", cluster, "b").differences()).hasSize(1);
    }

    @Test
    void findsADifferentIndex() {
        cluster.psql("b", "create index extra on \"AndroidRequests_report\" (message)");

        assertThat(SchemaCompare.differences(cluster, "a", cluster, "b"))
                .containsExactly("+ CREATE INDEX extra ON public.\"AndroidRequests_report\" USING btree (message);");
    }

    @Test
    void daysAndChangesTouchEveryKindOfRow() {
        TransApp.work(cluster, "a", 1);
        TransApp.work(cluster, "a", 2);
        TransApp.change(cluster, "b", 100);

        assertThat(TableCompare.of(cluster, "a", cluster, "b").differences()).hasSizeGreaterThan(8);
    }
}
