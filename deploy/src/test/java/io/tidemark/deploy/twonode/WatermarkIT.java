package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.deploy.kit.Node;
import org.junit.jupiter.api.Test;

/** Partials of a primary whose log cannot be read. */
final class WatermarkIT {
    private final Pair pair = Ground.empty();

    private Node sender() {
        return pair.sender().with("partial.mode", "watermark").with("watermark.columns", "public.*:updated_at");
    }

    private void partial() {
        sender().run("partial");
        pair.receiver().run("load");
    }

    private void complete() {
        pair.travel(sender(), pair.receiver());
        pair.assertEqual();
    }

    @Test
    void whatPartialsSeeMakesTheReplicaEqualAndTheNextCompleteHealsTheRest() {
        pair.primary("create table maker (id int primary key, name text not null);"
                + "create table part (id int primary key, name text unique, maker int references maker,"
                + " updated_at timestamptz not null default clock_timestamp());"
                + "insert into maker select g, 'm' || g from generate_series(1, 20) g;"
                + "insert into part select g, 'p' || g, g % 20 + 1 from generate_series(1, 5000) g");
        sender().run("partial");
        complete();

        pair.primary("insert into maker values (21, 'new');"
                + "insert into part select g, 'p' || g, 21 from generate_series(5001, 5100) g;"
                + "update part set name = name || '!', updated_at = clock_timestamp() where id <= 300");
        partial();
        pair.assertEqual();
        assertThat(sender().run("partial").output()).contains("nothing changed");
        assertThat(sender().run("status", "--json").output()).contains("\"mode\": \"watermark\"", "public.maker");

        pair.primary("delete from part where id between 400 and 500; update part set name = 'unseen' where id = 600");
        partial();
        assertThat(pair.replica("select count(*) from part where id between 400 and 500"))
                .isEqualTo("101");
        complete();

        pair.primary("update part set name = 'seen', updated_at = clock_timestamp() where id = 700");
        partial();
        pair.assertEqual();
    }
}
