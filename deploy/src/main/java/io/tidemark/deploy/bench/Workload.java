package io.tidemark.deploy.bench;

import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.TwoNodes;
import io.tidemark.deploy.kit.Wait;
import java.time.Duration;

/** The application on the primary: pgbench's tables with keys, and three more to work on. */
final class Workload {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int CLIENTS = 4;

    private final PostgresCluster primary;
    private final PartialOptions options;
    private int marker;

    Workload(PostgresCluster primary, PartialOptions options) {
        this.primary = primary;
        this.options = options;
    }

    /** Makes all tables; what they hold is the same each time. */
    void prepare() {
        pgbench("-i", "-s", "10", "-q");
        sql("alter table pgbench_history add column id bigserial primary key");
        sql("create table bulk (id bigint primary key, a text, b double precision, c timestamptz)");
        sql("create table hot (id int primary key, n int, v text)");
        sql("create table marker (id int primary key, made timestamptz default clock_timestamp())");
        refill();
    }

    /** Brings the tables of (b) and (c) to where they begin. */
    void refill() {
        sql("truncate bulk, hot");
        sql("insert into hot select i, 0, md5(i::text) from generate_series(1, 10000) i");
        sql("drop table if exists gone");
        sql("create table gone as select i as id, md5(i::text) as v from generate_series(1, " + options.rows() + ") i");
        sql("alter table gone add primary key (id)");
        sql("vacuum analyze");
        sql("checkpoint");
    }

    void transactionsAndInsert() {
        pgbench("-N", "-n", "-c", "" + CLIENTS, "-j", "2", "-t", "" + options.transactions() / CLIENTS);
        sql("insert into bulk select i, md5(i::text), i * 0.5, now() from generate_series(1, " + options.rows()
                + ") i");
    }

    /** 500 000 updates of 10 000 rows in one transaction, as a job makes them. */
    void hotUpdates() {
        primary.psql(TwoNodes.PRIMARY).run("begin;\n" + "update hot set n = n + 1;\n".repeat(50) + "commit;\n");
    }

    /** The same in 50 transactions, one after the other. */
    void hotUpdatesApart() {
        primary.psql(TwoNodes.PRIMARY).run("update hot set n = n + 1;\n".repeat(50));
    }

    void delete() {
        sql("delete from gone");
    }

    /** Transactions a second that the application comes to. */
    double throughput() {
        String words = pgbench("-N", "-n", "-c", "" + CLIENTS, "-j", "2", "-T", "" + options.seconds());
        return words.lines()
                .filter(line -> line.startsWith("tps = "))
                .map(line -> Double.parseDouble(line.substring(6, line.indexOf(' ', 6))))
                .findFirst()
                .orElseThrow();
    }

    /** 1000 transactions a second, for as long as a measure of lag lasts. */
    void steady() {
        pgbench("-N", "-n", "-c", "" + CLIENTS, "-j", "2", "-R", "1000", "-T", "" + 3 * options.seconds());
    }

    /** Seconds from now until the replica has what was committed up to now. */
    double untilApplied(PostgresCluster replica, String database) {
        int last = mark();
        long from = System.nanoTime();
        Wait.until(
                "the replica has everything",
                PATIENCE,
                () -> replica.psql(database, "select count(*) from marker where id = " + last)
                        .equals("1"));
        return (System.nanoTime() - from) / 1e9;
    }

    /** Waits until the sender does not hold its slot from one partial to the next. */
    void untilLooks() {
        Wait.until(
                "the sender looks at the log",
                Duration.ofMinutes(2),
                () -> primary.psql(
                                TwoNodes.PRIMARY,
                                "select count(*) from pg_stat_replication where usename = '" + TwoNodes.ROLE + "'")
                        .equals("0"));
    }

    /** Commits a row that can be waited for. */
    int mark() {
        marker++;
        sql("insert into marker values (" + marker + ")");
        return marker;
    }

    void sql(String statement) {
        primary.psql(TwoNodes.PRIMARY, statement);
    }

    private String pgbench(String... arguments) {
        return primary.tool("pgbench").with(arguments).with(TwoNodes.PRIMARY).run();
    }
}
