package io.tidemark.sender.partial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidemark.check.Finding;
import io.tidemark.database.Database;
import io.tidemark.sender.log.LogCheck;
import io.tidemark.sender.log.LogNames;
import io.tidemark.settings.TableGlobs;
import io.tidemark.settings.TableSelection;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What {@code check} says of tables that partials cannot have. */
class LogCheckTest {

    @Test
    void tellsOnceWhatCanBeDoneForATableAndNothingOfThoseWithoutAnyKey() throws Exception {
        try (Primary primary = Primary.start()) {
            primary.sql(
                    "postgres",
                    "create table keyless (x int); create table keyless2 (x int); create unlogged table fast (id int primary key);"
                            + " create unlogged table faster (id int primary key); create table unique_only (id int not null unique);"
                            + " create table hidden (id int primary key); alter table hidden replica identity nothing");
            assertThat(findings(primary))
                    .filteredOn(finding -> finding.key().equals("tables.include"))
                    .extracting(Finding::what, Finding::remedy)
                    .containsExactly(
                            tuple(
                                    "table public.fast, table public.faster travel with completes only: unlogged: its changes are in no log",
                                    "ALTER TABLE … SET LOGGED has it in partials"),
                            tuple(
                                    "table public.unique_only travels with completes only: no usable primary key (a deferrable one is none)",
                                    "a primary key, or ALTER TABLE … REPLICA IDENTITY USING INDEX with a unique one over NOT NULL columns, has it in partials"),
                            tuple(
                                    "table public.hidden travels with completes only: replica identity nothing",
                                    "ALTER TABLE … REPLICA IDENTITY DEFAULT has it in partials"));
        }
    }

    @Test
    void aRoleThatCannotBeSilentIsToldWhatThatCosts() throws Exception {
        try (Primary primary = Primary.start()) {
            assertThat(findings(primary, Primary.STREAMED))
                    .filteredOn(finding -> finding.what().startsWith("changes are streamed"))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.remedy())
                            .contains("GRANT SET ON PARAMETER log_min_messages TO \"streamed\""));
            primary.sql("postgres", "grant set on parameter log_min_messages to " + Primary.STREAMED);
            assertThat(findings(primary, Primary.STREAMED))
                    .noneMatch(finding -> finding.what().startsWith("changes are streamed"));
        }
    }

    @Test
    void whoCannotSeeWhatWaitsForASynchronousStandbyIsToldWhereThereIsOne() throws Exception {
        try (Primary primary = Primary.start()) {
            assertThat(findings(primary, Primary.STREAMED)).noneMatch(LogCheckTest::isOfStandby);
            primary.sql("postgres", "alter system set synchronous_standby_names = 'nobody'");
            primary.sql("postgres", "select pg_reload_conf()");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(findings(primary, Primary.STREAMED))
                            .filteredOn(LogCheckTest::isOfStandby)
                            .singleElement()
                            .satisfies(finding ->
                                    assertThat(finding.remedy()).contains("GRANT pg_read_all_stats TO \"streamed\"")));
            primary.sql("postgres", "set synchronous_commit = local; grant pg_read_all_stats to " + Primary.STREAMED);
            assertThat(findings(primary, Primary.STREAMED)).noneMatch(LogCheckTest::isOfStandby);
        }
    }

    private static boolean isOfStandby(Finding finding) {
        return finding.what().contains("synchronous standby");
    }

    private static List<Finding> findings(Primary primary) {
        return findings(primary, "postgres");
    }

    private static List<Finding> findings(Primary primary, String user) {
        Database database = new Database(primary.url("postgres"), user, null, Duration.ofSeconds(5));
        return LogCheck.findings(
                database, LogNames.of("shop"), new TableSelection(TableGlobs.all(), TableGlobs.NONE), false);
    }
}
