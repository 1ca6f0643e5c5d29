package io.tidemark.sender.partial;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.Manifest;
import io.tidemark.crash.CrashPoints;
import io.tidemark.sender.state.Chain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What befalls the server's slot without anybody's intent. Each on a server of its own. */
class SlotTroubleTest {
    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Primary primary;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        primary = Primary.start();
        primary.sql("postgres", "create database shop");
    }

    @AfterEach
    void stop() {
        primary.close();
    }

    private static void assertNewChain(Shop shop, Chain before, String reason) throws IOException {
        Chain after = shop.state.chain().chain().orElseThrow();
        assertThat(after.to()).isGreaterThan(before.to());
        assertThat(after.manifest()).isNull();
        assertThat(shop.state.chain().openRequest().map(request -> request.reason()))
                .hasValueSatisfying(told -> assertThat(told).contains(reason));
        shop.sql("insert into o values (100, 'after')");
        assertThat(shop.make()).hasSize(1);
        List<Manifest> manifests = shop.manifests();
        assertThat(Objects.requireNonNull(manifests.get(manifests.size() - 1).partial())
                        .from())
                .isEqualTo(after.to());
    }

    /** Fault 13. */
    @Test
    void aSlotThatTheServerInvalidatedBeginsANewChain() throws IOException {
        try (Shop shop = new Shop(primary, "shop", folder, CrashPoints.none())) {
            shop.sql("create table o (id int primary key, note text)");
            shop.make();
            Chain before = shop.state.chain().chain().orElseThrow();
            shop.sql("alter system set max_slot_wal_keep_size = '1MB'");
            shop.sql("select pg_reload_conf()");
            shop.sql("insert into o values (1, 'lost with the slot')");
            Awaitility.await().until(() -> {
                shop.sql(
                        "create table if not exists filler (x int); insert into filler values (1); select pg_switch_wal()");
                shop.sql("checkpoint");
                return primary.rows("shop", "select wal_status from pg_replication_slots")
                        .equals(List.of(List.of("lost")));
            });
            assertThat(shop.make()).isEmpty();
            assertNewChain(shop, before, "thrown away log");
        }
    }

    /** Ticks that follow each other closely read on in one stream, of which servers want to hear now and then. */
    @Test
    void aServerDoesNotEndTheStreamOfFrequentTicksWhereNothingHappens() throws IOException {
        try (Shop shop = new Shop(primary, "shop", folder, CrashPoints.none())) {
            shop.sql("alter system set wal_sender_timeout = '3s'");
            shop.sql("select pg_reload_conf()");
            shop.sql("create table o (id int primary key, note text)");
            shop.maker.make("frequent", true);
            shop.sql("insert into o values (1, 'before')");
            assertThat(shop.maker.make("frequent", true)).hasSize(1);
            String reader = "select active_pid from pg_replication_slots";
            List<List<String>> before = primary.rows("shop", reader);
            long begun = System.nanoTime();
            Awaitility.await().pollInterval(Duration.ofMillis(200)).until(() -> {
                assertThat(shop.maker.make("frequent", true)).isEmpty();
                return System.nanoTime() - begun > Duration.ofSeconds(6).toNanos();
            });
            shop.sql("insert into o values (2, 'after')");
            assertThat(shop.maker.make("frequent", true)).hasSize(1);
            assertThat(primary.rows("shop", reader)).as("who reads").isEqualTo(before);
        }
    }

    /** Fault 24: the slot stayed behind on the old primary, and the new one counts its log from another timeline. */
    @Test
    void aStandbyThatIsPromotedBeginsANewChain() throws IOException, InterruptedException {
        try (Primary standby = primary.standby()) {
            Chain before;
            try (Shop shop = new Shop(primary, "shop", folder, CrashPoints.none())) {
                shop.sql("create table o (id int primary key, note text)");
                shop.make();
                shop.sql("insert into o values (1, 'sent')");
                assertThat(shop.make()).hasSize(1);
                before = shop.state.chain().chain().orElseThrow();
                shop.sql("insert into o values (2, 'never sent')");
            }
            Awaitility.await()
                    .until(() -> standby.rows("shop", "select count(*) from o").equals(List.of(List.of("2"))));
            standby.control("promote");
            try (Shop shop = new Shop(standby, "shop", folder, CrashPoints.none())) {
                assertThat(shop.make()).isEmpty();
                assertNewChain(shop, before, "a standby was promoted");
            }
        }
    }
}
