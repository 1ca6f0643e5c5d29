package io.tidemark.receiver.postprocess;

import io.tidemark.database.Database;
import io.tidemark.receiver.load.Statements;
import io.tidemark.receiver.settings.PostStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Runs a file of SQL in one transaction with the step's progress: both are there afterwards, or neither. */
final class SqlRun implements StepRun {
    /** A role {@code tidemark} has our schema for its own, and would make its tables there. */
    private static final String OURS_LAST =
            "select pg_catalog.set_config('search_path', pg_catalog.array_to_string(array("
                    + "select pg_catalog.quote_ident(s) from pg_catalog.unnest(pg_catalog.current_schemas(false)) with ordinality as x (s, place)"
                    + " order by s = 'tidemark', place), ', '), false) where pg_catalog.current_schema() = 'tidemark'";

    private final Database database;
    private final PostStep step;
    private final Path file;
    private final Due due;
    private final Clock clock;
    private volatile @Nullable Statement running;

    SqlRun(Database database, PostStep step, Path file, Due due, Clock clock) {
        this.database = database;
        this.step = step;
        this.file = file;
        this.due = due;
        this.clock = clock;
    }

    @Override
    public void run() throws StepFailedException {
        long from = System.nanoTime();
        try (Connection connection = database.open(StepWatch.SESSION + " " + step.name())) {
            String sql = Files.readString(file);
            // As the role has it: names in the file mean what they mean to psql.
            Statements.execute(connection, "SET search_path = DEFAULT; SET row_security = DEFAULT; " + OURS_LAST);
            Statements.transaction(connection, () -> {
                String mark = "select pg_catalog.pg_current_xact_id()::text";
                String before = Statements.single(connection, mark);
                Statements.execute(
                        connection,
                        "SET LOCAL tidemark.after = '" + due.after() + "'; SET LOCAL tidemark.upto = '" + due.upto()
                                + "'");
                execute(connection, sql);
                if (!Statements.single(connection, mark).equals(before)) {
                    throw new SQLException("the file ends the transaction: a step must not COMMIT or ROLLBACK");
                }
                StepLedger.done(connection, step, due, clock.instant(), (System.nanoTime() - from) / 1_000_000);
            });
        } catch (IOException failure) {
            throw new StepFailedException("file " + file + " cannot be read: " + failure, false);
        } catch (SQLException failure) {
            throw new StepFailedException(String.valueOf(failure.getMessage()), false);
        }
    }

    private void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            running = statement;
            for (boolean rows = statement.execute(sql); rows || statement.getUpdateCount() >= 0; ) {
                rows = statement.getMoreResults();
            }
        } finally {
            running = null;
        }
    }

    @Override
    public void end() {
        Statement now = running;
        if (now != null) {
            try {
                now.cancel();
            } catch (SQLException ended) {
                // It has ended by itself.
            }
        }
    }
}
