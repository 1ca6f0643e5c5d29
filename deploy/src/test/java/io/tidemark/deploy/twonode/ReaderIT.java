package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Money moves between accounts of two tables on the primary; whoever looks at the replica always finds the same sum. */
final class ReaderIT {
    private static final String SUM = "select (select sum(amount) from a) + (select sum(amount) from b)";

    private final Pair pair = Ground.empty();

    @Test
    void noReaderEverSeesAMixOfTwoBundles() {
        pair.primary("create table a (id integer primary key, amount bigint not null);"
                + "create table b (id integer primary key, amount bigint not null);"
                + "insert into a select i, 100 from generate_series(1, 40000) i; insert into b select * from a");
        pair.travel();
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<List<String>> reader = CompletableFuture.supplyAsync(() -> sums(ended));

        for (int i = 1; i <= 4; i++) {
            pair.primary("update a set amount = amount - " + i + " where id % 3 = 0;"
                    + "update b set amount = amount + " + i + " where id % 3 = 0;"
                    + "insert into a select max(id) + 1, 7 from a; insert into b select max(id) + 1, -7 from b;"
                    + "delete from a where id = " + i + "; update b set amount = amount + "
                    + "100 where id = " + (10 + i * 3 + 1));
            repay(i);
            pair.travel();
        }
        ended.set(true);

        assertThat(reader.join()).hasSizeGreaterThan(20).containsOnly("8000000");
        pair.assertEqual();
    }

    /** What went away with the deleted account is on another one; whatever else is missing is made up for. */
    private void repay(int i) {
        long sum = Long.parseLong(pair.primary(SUM));
        pair.primary("update b set amount = amount + " + (8_000_000 - sum) + " where id = " + (100 + i));
    }

    private List<String> sums(AtomicBoolean ended) {
        List<String> sums = new ArrayList<>();
        while (!ended.get()) {
            sums.add(pair.replica(SUM));
        }
        return sums;
    }
}
