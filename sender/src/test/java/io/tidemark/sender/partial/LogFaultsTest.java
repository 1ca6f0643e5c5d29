package io.tidemark.sender.partial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.bundle.Manifest;
import io.tidemark.change.Cell;
import io.tidemark.crash.CrashPoints;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Faults of a primary whose log is read, and of transactions that are not ordinary. */
class LogFaultsTest {
    @RegisterExtension
    private final Shops shops = new Shops();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    @BeforeEach
    void open() throws IOException {
        shop = shops.open(folder, "postgres");
        shop.sql("create table o (id int primary key, note text)");
    }

    /** Fault 14: a copy of the sender that knows nothing takes the slot for itself; the first one does not go on as if nothing had been. */
    @Test
    void aSecondSenderOnTheSlotIsNoticedByTheFirst() throws IOException {
        shop.make();
        Chain before = shop.state.chain().chain().orElseThrow();
        try (Shop other = new Shop(shops.primary(), shop.database, folder.resolve("other"), CrashPoints.none())) {
            other.make();
            shop.sql("insert into o values (1, 'read by the other')");
            assertThat(other.make()).hasSize(1);
        }
        assertThat(shop.make()).isEmpty();
        Chain after = shop.state.chain().chain().orElseThrow();
        assertThat(after.to()).isGreaterThan(before.to());
        assertThat(after.manifest()).isNull();
        assertThat(shop.state.chain().openRequest()).isPresent();
    }

    /** Fault 15. */
    @Test
    void aBusySiblingDoesNotMakeTheSlotOfAnIdleDatabaseKeepLogBack() throws IOException {
        shop.make();
        Lsn before = confirmed();
        shops.primary().sql("postgres", "create table if not exists busy (x text)");
        shops.primary().sql("postgres", "insert into busy select repeat('x', 1000) from generate_series(1, 2000)");
        assertThat(shop.make()).isEmpty();
        assertThat(confirmed()).isGreaterThan(before);
        assertThat(shop.state.chain().chain().orElseThrow().drained()).isGreaterThan(before);
    }

    private Lsn confirmed() {
        return Lsn.parse(shops.primary()
                .rows(
                        shop.database,
                        "select confirmed_flush_lsn from pg_replication_slots where slot_name = 'tidemark_"
                                + shop.database + "'")
                .get(0)
                .get(0));
    }

    /** Fault 16. */
    @Test
    void aTransactionThatStaysOpenDelaysTheSlotAndLeavesNoneHalfMade() throws SQLException {
        try (Connection idle = DriverManager.getConnection(shops.primary().url(shop.database), "postgres", "");
                Statement statement = idle.createStatement()) {
            idle.setAutoCommit(false);
            statement.execute("insert into o values (1, 'open')");
            TidemarkException refused = catchThrowableOfType(TidemarkException.class, () -> shop.make());
            assertThat(refused.code()).isEqualTo(FailureCode.DATABASE);
            assertThat(refused.code().retryable()).isTrue();
            assertThat(shops.primary()
                            .rows(
                                    shop.database,
                                    "select slot_name from pg_replication_slots where database = '" + shop.database
                                            + "'"))
                    .isEmpty();
            idle.commit();
        }
        shop.make();
        assertThat(shop.state.chain().chain()).isPresent();
    }

    /** Fault 19. */
    @Test
    void ofTenThousandSavepointsTheHalfThatWasTakenBackIsNotSent() throws IOException {
        shop.make();
        shop.sql(
                "do $$ begin for i in 1..10000 loop begin insert into o values (i, 'n' || i);"
                        + " if i % 2 = 0 then raise exception 'taken back'; end if; exception when raise_exception then null; end; end loop; end $$");
        assertThat(shop.make()).hasSize(1);
        assertThat(Objects.requireNonNull(shop.manifests().get(0).partial()).changes())
                .extracting(Manifest.Changes::inserted)
                .containsExactly(5000L);
        assertThat(shop.replica("o")).isEqualTo(shop.original("o"));
    }

    /** Fault 25. */
    @Test
    void aTruncateThatReachesOtherTablesAndInsertsAfterItAreToldOfEach() throws IOException {
        shop.sql("create table c (id int primary key, o int references o); insert into o values (1, 'a'), (2, 'b');"
                + " insert into c values (1, 1), (2, 2)");
        shop.make();
        shop.sql(
                "insert into c values (3, 1); truncate o cascade; insert into o values (2, 'again'); insert into c values (3, 2)");
        shop.sql("insert into o values (4, 'later')");
        assertThat(shop.make()).hasSize(1);
        assertThat(Objects.requireNonNull(shop.manifests().get(0).partial()).changes())
                .extracting(Manifest.Changes::truncated)
                .containsExactly(true, true);
        for (String table : List.of("o", "c")) {
            assertThat(shop.replica(table)).isEqualTo(shop.original(table));
        }
    }

    /** Fault 26. */
    @Test
    void oddSettingsOfTheRoleChangeNoByte() throws IOException {
        shop.sql("create table odd (id int primary key, i interval, b bytea, t timestamptz, f float8, d date)");
        String row =
                "(%d, '1 year 2 mons -3 days 04:05:06.789', '\\x00ff5c', '2026-07-01 12:00:00+00', 3.3333333333333335, '2026-03-04')";
        shop.make();
        shop.sql("insert into odd values " + String.format(row, 1));
        shop.make();
        shop.sql("alter database " + shop.database + " set intervalstyle = 'sql_standard'; alter database "
                + shop.database
                + " set bytea_output = 'escape'; alter database " + shop.database
                + " set timezone = 'Asia/Kathmandu'; alter database " + shop.database
                + " set extra_float_digits = 0; alter database " + shop.database + " set datestyle = 'German'");
        shop.sql("insert into odd values " + String.format(row, 2));
        shop.make();
        Map<String, List<Cell>> rows = shop.replica("odd");
        assertThat(rows).containsOnlyKeys("1", "2");
        assertThat(Objects.requireNonNull(rows.get("2")).subList(1, 6))
                .isEqualTo(Objects.requireNonNull(rows.get("1")).subList(1, 6));
    }
}
