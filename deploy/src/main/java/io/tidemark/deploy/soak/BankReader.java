package io.tidemark.deploy.soak;

import io.tidemark.deploy.kit.PostgresCluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Property P9: writers move amounts between two tables, and somebody who reads both on the replica finds that they make up nothing at any moment.
 * Sessions that are ended are opened again.
 */
final class BankReader implements Runnable {
    static final String TABLES = "create table bank (id int primary key, amount bigint not null);"
            + "create table till (id int primary key, amount bigint not null);"
            + "insert into bank select i, 0 from generate_series(1, 20) i; insert into till select i, 0 from generate_series(1, 20) i;";

    private static final String READ =
            "select (select sum(amount) from public.bank) + (select sum(amount) from public.till)";
    private static final long PAUSE = 20_000_000;

    private final PostgresCluster replica;
    private final String database;
    private final AtomicReference<String> problem = new AtomicReference<>("");

    BankReader(PostgresCluster replica, String database) {
        this.replica = replica;
        this.database = database;
    }

    Optional<String> problem() {
        return Optional.ofNullable(problem.get()).filter(text -> !text.isEmpty());
    }

    /** Until it is interrupted. */
    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try (Connection connection = DriverManager.getConnection(
                            replica.jdbcUrl(database), PostgresCluster.SUPERUSER, replica.password());
                    Statement statement = connection.createStatement()) {
                while (!Thread.currentThread().isInterrupted()) {
                    read(statement);
                    LockSupport.parkNanos(PAUSE);
                }
            } catch (SQLException ended) {
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private void read(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(READ)) {
            row.next();
            if (row.getLong(1) != 0) {
                problem.compareAndSet(
                        "", "a reader of the replica found " + row.getLong(1) + " where transfers make up nothing");
            }
        }
    }
}
