package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.deploy.kit.Pictures;
import io.tidemark.deploy.kit.ReceiptFile;
import io.tidemark.deploy.kit.TwoNodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EverythingIT {
    private final Pair pair = Ground.everything();

    @BeforeEach
    void theFirstCompleteHasArrived() {
        Pictures.write(pair.nodes().mediaSource().resolve("reports/ñandú and 'quotes' \"x\""), 1, 5);
        pair.travel();
    }

    @Test
    void whatPostgresqlHasArrives() {
        pair.assertEqual();
        pair.assertSameSchema();
        assertThat(pair.replica("select relispopulated from pg_class where relname = 'not_filled'"))
                .as("a materialised view that was never filled stays so")
                .isEqualTo("f");
    }

    @Test
    void aSecondCompleteTouchesNoRowAndSendsNoContentAgain() {
        pair.wire().resetCounts();
        ReceiptFile receipt = pair.travel();

        assertThat(receipt.sum("inserted") + receipt.sum("updated") + receipt.sum("deleted"))
                .as("touched rows in %s", receipt.json())
                .isZero();
        assertThat(pair.wire().toServer()).isLessThan(300_000);
        pair.assertEqual();
    }

    @Test
    void changesOfEveryKindArrive() {
        change();
        ReceiptFile receipt = pair.travel();

        pair.assertEqual();
        pair.assertSameSchema();
        assertThat(receipt.sum("inserted")).isBetween(500L, 2000L);
        assertThat(receipt.sum("updated")).isGreaterThan(100);
        assertThat(receipt.sum("deleted")).isGreaterThan(100);
    }

    @Test
    void changesOfDefinitionsArriveWithTheNextComplete() {
        pair.nodes().primary().psql(TwoNodes.PRIMARY).run(Ground.resource("/everything-schema-changes.sql"));
        pair.travel();

        pair.assertEqual();
        pair.assertSameSchema();
    }

    @Test
    void whatTheReceiverOwnsStaysAsItIs() {
        pair.replica(Ground.resource("/receiver-owned.sql"));
        String before = pair.replica("select * from analysis.state order by 1");

        change();
        pair.travel();

        assertThat(pair.nodes().compare().differences()).isEmpty();
        assertThat(pair.replica("select * from analysis.state order by 1")).isEqualTo(before);
    }

    @Test
    void rowsThatSomebodyChangedOnTheReplicaAreRepairedAndCounted() {
        pair.replica("update shop.customer set born = '1900-01-01' where id between 31 and 33;"
                + "delete from shop.line where customer_id = 40; insert into shop.unique_only values (77, 7, 'local')");

        ReceiptFile receipt = pair.travel();

        pair.assertEqual();
        assertThat(receipt.sum("updated")).isEqualTo(3);
        assertThat(receipt.sum("inserted")).isEqualTo(10);
        assertThat(receipt.sum("deleted")).isEqualTo(1);
    }

    private void change() {
        pair.nodes().primary().psql(TwoNodes.PRIMARY).run(Ground.resource("/everything-changes.sql"));
        Pictures.write(pair.nodes().mediaSource().resolve("reports/later"), 6, 8);
        Pictures.write(pair.nodes().mediaSource().resolve("reports/ñandú and 'quotes' \"x\"/report_1.jpeg"), 99);
    }
}
