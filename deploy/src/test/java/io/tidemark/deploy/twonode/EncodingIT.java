package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.deploy.kit.TwoNodes;
import org.junit.jupiter.api.Test;

final class EncodingIT {
    private static final String ROWS = "select id, t, c from words order by id";

    private final Pair pair = Ground.empty();

    @Test
    void aDatabaseInLatin1ArrivesInUtf8() {
        pair.nodes().primary().psql("postgres", "drop database " + TwoNodes.PRIMARY);
        pair.nodes()
                .primary()
                .psql(
                        "postgres",
                        "create database " + TwoNodes.PRIMARY + " template template0 encoding latin1 locale 'C'");
        pair.primary("create table words (id integer primary key, t text, c char(5));"
                + "insert into words values (1, 'ñandú ÿ', 'é'), (2, '', null); comment on table words is 'façade';"
                + "create table \"año\" (x integer)");

        pair.travel();
        assertThat(pair.replica(ROWS)).isEqualTo(pair.primary(ROWS)).contains("ñandú ÿ");
        assertThat(pair.replica("select obj_description('words'::regclass), count(*) from \"año\""))
                .isEqualTo("façade|0");

        pair.primary("update words set t = 'Þórr' where id = 2");
        pair.travel();
        assertThat(pair.replica(ROWS)).isEqualTo(pair.primary(ROWS)).contains("Þórr");
    }
}
