package io.tidemark.deploy.soak;

import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.PostgresCluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** One session of the application: random transactions until it is told to pause. What the database refuses is taken back and forgotten. */
final class Writer implements Callable<Integer> {
    private static final long LONGEST_REST = 30_000_000;
    /** One in so many transactions changes a table's definition first. */
    private static final int REDEFINITIONS = 400;

    private final PostgresCluster cluster;
    private final String database;
    private final SoakSchema schema;
    private final Random random;
    private final String name;
    private final AtomicBoolean pause;
    private final SoakOptions options;
    private final Redefinition redefinition;

    Writer(
            PostgresCluster cluster,
            String database,
            SoakSchema schema,
            long seed,
            String name,
            AtomicBoolean pause,
            SoakOptions options) {
        this.cluster = cluster;
        this.database = database;
        this.schema = schema;
        this.random = new Random(seed);
        this.name = name;
        this.pause = pause;
        this.options = options;
        this.redefinition = new Redefinition(schema, new Random(random.nextLong()));
    }

    /** @return how many transactions were committed */
    @Override
    public Integer call() {
        int committed = 0;
        try (Connection connection = DriverManager.getConnection(
                        cluster.jdbcUrl(database), PostgresCluster.SUPERUSER, cluster.password());
                Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout = '1s'; set search_path = public");
            connection.setAutoCommit(false);
            while (!pause.get()) {
                committed += transaction(connection, statement) ? 1 : 0;
                LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_REST));
            }
            return committed;
        } catch (SQLException away) {
            throw new KitException("a writer lost the primary: " + away.getMessage(), away);
        }
    }

    private boolean transaction(Connection connection, Statement statement) throws SQLException {
        try {
            if (random.nextInt(REDEFINITIONS) == 0 && options.has(Part.DEFINITIONS)) {
                redefinition.run(statement);
            }
            for (int left = 1 + random.nextInt(6); left > 0; left--) {
                change(statement);
            }
            int dice = random.nextInt(20);
            if (dice == 0) {
                connection.rollback();
                return false;
            }
            if (dice == 1 && options.has(Part.PREPARED)) {
                prepared(connection, statement);
            }
            connection.commit();
            return true;
        } catch (SQLException refused) {
            if (connection.isClosed()) {
                throw refused;
            }
            connection.rollback();
            return false;
        }
    }

    /** In a part of the transaction of its own, which is sometimes taken back. */
    private void change(Statement statement) throws SQLException {
        statement.execute("savepoint part");
        try {
            statement.execute(sql());
            if (random.nextInt(8) == 0) {
                statement.execute("rollback to part");
            }
        } catch (SQLException refused) {
            statement.execute("rollback to part");
        }
        statement.execute("release part");
    }

    private String sql() {
        SoakTable table = schema.tables().get(random.nextInt(schema.tables().size()));
        int dice = random.nextInt(100);
        if (dice < 8) {
            return transfer();
        }
        if (dice < 45) {
            return table.insert(random);
        }
        if (dice < 72) {
            return table.update(random);
        }
        if (dice < 75) {
            return table.updateExtra(random);
        }
        if (dice < 83) {
            return options.has(Part.MOVES) ? table.move(random) : table.update(random);
        }
        return dice < 99 || !options.has(Part.TRUNCATES) ? table.delete(random) : table.truncate();
    }

    /** In one statement: a savepoint must not take half of it back. */
    private String transfer() {
        int amount = random.nextInt(100);
        return "with given as (update bank set amount = amount - " + amount + " where id = " + (1 + random.nextInt(20))
                + ") update till set amount = amount + " + amount + " where id = " + (1 + random.nextInt(20));
    }

    private void prepared(Connection connection, Statement statement) throws SQLException {
        statement.execute("prepare transaction '" + name + "'");
        connection.setAutoCommit(true);
        try {
            LockSupport.parkNanos(random.nextInt(1500) * 1_000_000L);
            statement.execute("commit prepared '" + name + "'");
        } finally {
            connection.setAutoCommit(false);
        }
    }
}
