package io.tidemark.sender.partial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.position.Lsn;
import io.tidemark.sender.state.Chain;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Definitions that are changed in the log before the catalogue shows it, as a primary with a synchronous standby has them. Fault 22. */
class UnseenDefinitionTest {
    private static final long SECONDS = 30;

    @RegisterExtension
    private final Shops shops = new Shops();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    @BeforeEach
    void open() throws IOException {
        shop = shops.open(folder, "postgres");
        shop.sql("alter database " + shop.database + " set synchronous_commit = local");
        shop.sql(
                "create table o (id int primary key, a int default 5 check (a < 100)); create table other (id int primary key);"
                        + "insert into o select i, i from generate_series(1, 5) i");
        shop.make();
        shop.sql("insert into other values (1)");
        assertThat(shop.make()).hasSize(1);
    }

    /** The server is everybody's. */
    @AfterEach
    void withoutStandbys() {
        standbys("");
    }

    @Test
    void nothingIsSaidOfALogWhoseEndHasAChangeThatStillWaitsForAStandby() throws Exception {
        Chain before = shop.state.chain().chain().orElseThrow();
        shop.state.raiseSequence(7);
        standbys("nobody");
        CompletableFuture<Void> change =
                CompletableFuture.runAsync(() -> waitingForStandbys("alter table o alter a type int using a + 1"));
        awaitOne("select pid from pg_stat_activity where wait_event = 'SyncRep'");
        shop.sql("insert into other values (2)");
        assertThatThrownBy(shop::make)
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.DATABASE))
                .hasMessageContaining("a change of table public.o waits for a synchronous standby");
        assertThat(shop.state.chain().chain()).hasValue(before);

        standbys("");
        change.get(SECONDS, TimeUnit.SECONDS);
        shop.make();
        shop.sql("insert into other values (3)");
        shop.make();
        Lsn from = Objects.requireNonNull(
                        shop.manifests().get(shop.manifests().size() - 1).partial())
                .from();
        assertThat(from).as("a complete has to bridge it").isGreaterThan(before.to());
    }

    @Test
    void aTableThatATransactionHoldsForLongStopsNoPartials() throws Exception {
        try (Connection holder = DriverManager.getConnection(shop.primary.url(shop.database), "postgres", "");
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table o");
            shop.sql("insert into other values (2)");
            assertThat(shop.make()).hasSize(1);
            holder.rollback();
        }
    }

    private void standbys(String names) {
        shop.primary.sql("postgres", "alter system set synchronous_standby_names = '" + names + "'");
        shop.primary.sql("postgres", "select pg_reload_conf()");
    }

    private void waitingForStandbys(String sql) {
        try (Connection connection = DriverManager.getConnection(shop.primary.url(shop.database), "postgres", "");
                Statement statement = connection.createStatement()) {
            awaitOne("select 1 from pg_settings where name = 'synchronous_standby_names' and setting <> ''");
            statement.execute("set synchronous_commit = on");
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void awaitOne(String query) {
        await(query)
                .atMost(Duration.ofSeconds(SECONDS))
                .until(() -> !shop.primary.rows(shop.database, query).isEmpty());
    }
}
