package io.tidemark.deploy.bench;

import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.TwoNodes;
import io.tidemark.deploy.kit.Wait;
import java.time.Duration;

/** PostgreSQL's own logical replication of the same database, into one beside ours on the same server. */
final class NativeReplication implements AutoCloseable {
    static final String NAME = "native";
    static final String DATABASE = "native";

    private final PostgresCluster primary;
    private final PostgresCluster replica;

    private NativeReplication(PostgresCluster primary, PostgresCluster replica) {
        this.primary = primary;
        this.replica = replica;
    }

    /** Returns when every table has its first rows. */
    static NativeReplication start(PostgresCluster primary, PostgresCluster replica) {
        NativeReplication started = new NativeReplication(primary, replica);
        replica.psql("postgres", "create database " + DATABASE);
        String schema = primary.tool("pg_dump")
                .with("-s", "--no-owner", TwoNodes.PRIMARY)
                .run();
        replica.psql(DATABASE).run(schema);
        primary.psql(TwoNodes.PRIMARY, "create publication bench for all tables");
        replica.psql(
                DATABASE,
                "create subscription bench connection '" + primary.uri(TwoNodes.PRIMARY) + "' publication bench");
        Wait.until(
                "native replication has copied the tables",
                Duration.ofMinutes(30),
                () -> replica.psql(DATABASE, "select count(*) from pg_subscription_rel where srsubstate <> 'r'")
                        .equals("0"));
        return started;
    }

    PostgresCluster replica() {
        return replica;
    }

    /** The slot stays, and nobody reads it. */
    void pause() {
        replica.psql(DATABASE, "alter subscription bench disable");
        Wait.until(
                "native replication rests",
                Duration.ofMinutes(1),
                () -> primary.psql("postgres", "select count(*) from pg_stat_replication")
                        .equals("0"));
    }

    void goOn() {
        replica.psql(DATABASE, "alter subscription bench enable");
    }

    @Override
    public void close() {
        replica.psql(DATABASE, "drop subscription bench");
        primary.psql(TwoNodes.PRIMARY, "drop publication bench");
        replica.psql("postgres", "drop database " + DATABASE);
    }
}
