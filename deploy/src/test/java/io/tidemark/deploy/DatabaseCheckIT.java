package io.tidemark.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidemark.check.Finding;
import io.tidemark.check.Finding.Level;
import io.tidemark.database.Database;
import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.PostgresPrograms;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.receiver.load.TargetCheck;
import io.tidemark.sender.capture.SourceCheck;
import io.tidemark.settings.BadValue;
import io.tidemark.settings.TableGlobs;
import io.tidemark.settings.TableSelection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class DatabaseCheckIT {
    private static final Scratch SCRATCH = Scratch.create("test");
    private static final PostgresCluster CLUSTER =
            PostgresCluster.start(PostgresPrograms.newest(), SCRATCH.resolve("cluster"), PostgresCluster.careless());

    @BeforeAll
    static void makeDatabases() {
        CLUSTER.psql(
                "postgres",
                "create role able login replication bypassrls password 'x'; grant pg_read_all_data to able");
        CLUSTER.psql("postgres", "create role poor login password 'x'");
        CLUSTER.psql("postgres", "create database app");
        CLUSTER.psql("postgres", "create database bytes encoding 'SQL_ASCII' locale 'C' template template0");
        CLUSTER.psql("postgres", "create database replica owner able");
        CLUSTER.psql("postgres", "grant set on parameter session_replication_role to able");
        CLUSTER.psql(
                "app",
                "create table public.good (id int primary key); create table public.loose (v text);"
                        + "create table public.filtered (id int primary key);"
                        + "alter table public.filtered enable row level security;"
                        + "create table public.django_session (id int primary key);"
                        + "create schema hidden; create table hidden.away (id int primary key);"
                        + "grant select on public.good, public.loose, public.filtered to poor");
    }

    @AfterAll
    static void stop() {
        CLUSTER.close();
        SCRATCH.close();
    }

    @Test
    void findsNothingWrongWithARoleThatMayReadAndReplicate() {
        List<Finding> findings = source("able", "app", "*.*", "public.django_*", Optional.empty());
        assertThat(findings).extracting(Finding::level).doesNotContain(Level.PROBLEM);
        assertThat(findings)
                .extracting(Finding::what)
                .contains(
                        "completes have an exact position, from a replication slot",
                        "4 tables of 5 travel",
                        "left out by the globs: public.django_session",
                        "1 table without a key: public.loose");
    }

    @Test
    void namesEveryRightThatIsMissingAtOnce() {
        assertThat(problems(source("poor", "app", "*.*", "public.none", Optional.empty())))
                .extracting(Finding::key, Finding::what)
                .containsExactlyInAnyOrder(
                        tuple("database.user", "USAGE is missing on the schemas of hidden.away"),
                        tuple("database.user", "SELECT is missing on public.django_session"),
                        tuple("database.user", "row-level security hides rows of public.filtered"));
    }

    @Test
    void saysThatAnOrdinarySnapshotIsUsedWhereASlotIsNotToBeHad() {
        assertThat(source("poor", "app", "public.good", "public.none", Optional.empty()))
                .extracting(Finding::level, Finding::what)
                .contains(
                        tuple(Level.NOTE, "completes have the position of an ordinary snapshot"),
                        tuple(Level.NOTE, "public.none matches no table"));
    }

    @Test
    void refusesADatabaseWithoutAnEncoding() {
        assertThat(problems(source("able", "bytes", "*.*", "a.b", Optional.empty())))
                .extracting(Finding::what)
                .contains("the database's encoding SQL_ASCII cannot be turned into UTF8", "no table is included");
    }

    @Test
    void refusesAProgramThatIsNoPgDump() {
        assertThat(problems(source("able", "app", "*.*", "a.b", Optional.of(Path.of("/bin/true")))))
                .extracting(Finding::key)
                .containsExactly("pg-dump");
    }

    @Test
    void aRefusedLoginNamesTheUserAndAMissingDatabaseTheUrl() {
        Database wrong = new Database(CLUSTER.jdbcUrl("app"), "able", "no", Duration.ofSeconds(5));
        assertThat(new SourceCheck(wrong, selection("*.*", "a.b"), Optional.empty()).findings())
                .extracting(Finding::key)
                .containsExactly("database.user");
        assertThat(new TargetCheck(database("able", "nowhere")).findings())
                .extracting(Finding::key)
                .containsExactly("database.url");
    }

    @Test
    void findsNothingWrongWithATargetThatTheRoleOwns() {
        assertThat(new TargetCheck(database("able", "replica")).findings())
                .extracting(Finding::level)
                .containsOnly(Level.OK);
    }

    @Test
    void namesBothRightsThatALoadNeeds() {
        assertThat(problems(new TargetCheck(database("poor", "replica")).findings()))
                .extracting(Finding::remedy)
                .containsExactly(
                        "GRANT CREATE ON DATABASE \"replica\" TO \"poor\"",
                        "as a superuser: GRANT SET ON PARAMETER session_replication_role TO \"poor\"");
    }

    private static List<Finding> source(
            String role, String database, String include, String exclude, Optional<Path> pgDump) {
        return new SourceCheck(database(role, database), selection(include, exclude), pgDump).findings();
    }

    private static List<Finding> problems(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.level() == Level.PROBLEM)
                .toList();
    }

    private static Database database(String role, String name) {
        return new Database(CLUSTER.jdbcUrl(name), role, "x", Duration.ofSeconds(5));
    }

    private static TableSelection selection(String include, String exclude) {
        try {
            return new TableSelection(TableGlobs.parse(include), TableGlobs.parse(exclude));
        } catch (BadValue e) {
            throw new IllegalArgumentException(e);
        }
    }
}
