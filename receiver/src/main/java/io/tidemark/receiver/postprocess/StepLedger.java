package io.tidemark.receiver.postprocess;

import io.tidemark.database.Database;
import io.tidemark.database.SqlFailures;
import io.tidemark.receiver.load.ChangeQueue;
import io.tidemark.receiver.load.Statements;
import io.tidemark.receiver.settings.PostStep;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the database knows of steps. Every method without a connection works in a transaction of its own. */
public final class StepLedger {
    private static final String STATES =
            "select s.*, (select count(*) from tidemark.post_load l where l.number > coalesce(s.reached, 0)) as behind"
                    + " from tidemark.post_step s order by s.place";

    private final Database database;

    public StepLedger(Database database) {
        this.database = database;
    }

    /** Work with the ledger. */
    @FunctionalInterface
    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T work(String what, Work<T> work) {
        try (Connection connection = database.open("tidemark post")) {
            return work.run(connection);
        } catch (SQLException failure) {
            throw SqlFailures.of(what, failure);
        }
    }

    /** Makes these the steps; from then on loads note for them what they change. Others are forgotten. */
    public void register(List<PostStep> steps) {
        work("registering post-processing steps", connection -> {
            if (steps.isEmpty() && !ChangeQueue.exists(connection)) {
                return true;
            }
            Statements.transaction(connection, () -> {
                ChangeQueue.create(connection);
                remove(connection, steps);
                for (PostStep step : steps) {
                    put(connection, step);
                }
                clean(connection);
            });
            return true;
        });
    }

    private static void remove(Connection connection, List<PostStep> steps) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from tidemark.post_step where name <> all (?)")) {
            delete.setArray(
                    1,
                    connection.createArrayOf(
                            "text", steps.stream().map(PostStep::name).toArray()));
            delete.executeUpdate();
        }
    }

    private static void put(Connection connection, PostStep step) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into tidemark.post_step"
                + " (name, place, required, state, failures, message) values (?, ?, ?, 'new', 0, '')"
                + " on conflict (name) do update set place = excluded.place, required = excluded.required")) {
            insert.setString(1, step.name());
            insert.setInt(2, step.place());
            insert.setBoolean(3, step.required());
            insert.executeUpdate();
        }
    }

    /** The first required step that has failed and has not been done since. */
    public Optional<StepState> holding() {
        return states().stream()
                .filter(state -> state.required() && state.failures() > 0)
                .findFirst();
    }

    /** In their order; none where no step was ever registered. */
    public List<StepState> states() {
        return work("reading post-processing steps", connection -> {
            List<StepState> states = new ArrayList<>();
            if (ChangeQueue.exists(connection)) {
                try (PreparedStatement select = connection.prepareStatement(STATES);
                        ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        states.add(state(row));
                    }
                }
            }
            return states;
        });
    }

    private static StepState state(ResultSet row) throws SQLException {
        return new StepState(
                row.getString("name"),
                row.getBoolean("required"),
                row.getObject("reached", Long.class),
                row.getString("bundle"),
                row.getLong("behind"),
                row.getString("state"),
                instant(row, "started"),
                instant(row, "finished"),
                row.getObject("milliseconds", Long.class),
                row.getInt("failures"),
                instant(row, "retry"),
                row.getString("message"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    /** What a step that has come as far as {@code reached} has to do; empty where it has done everything. */
    Optional<Due> due(@Nullable Long reached) {
        return work("looking for work of post-processing", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "select number, source, bundle, kind from tidemark.post_load order by number desc limit 1");
                    ResultSet row = select.executeQuery()) {
                long after = reached == null ? Due.EVERYTHING : reached;
                if (!row.next()) {
                    return after == Due.EVERYTHING && anythingLoaded(connection)
                            ? Optional.of(Due.beforeAnyLoad())
                            : Optional.empty();
                }
                long upto = row.getLong("number");
                return after < upto
                        ? Optional.of(new Due(
                                after, upto, row.getString("source"), row.getString("bundle"), row.getString("kind")))
                        : Optional.empty();
            }
        });
    }

    private static boolean anythingLoaded(Connection connection) throws SQLException {
        return Statements.single(connection, "select exists (select from tidemark.source)")
                .equals("t");
    }

    void started(PostStep step, Instant now) {
        work("noting that step " + step.name() + " runs", connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update tidemark.post_step set state = 'running', started = ? where name = ?")) {
                update.setTimestamp(1, Timestamp.from(now));
                update.setString(2, step.name());
                return update.executeUpdate();
            }
        });
    }

    /** @param state {@link StepState#FAILED}, or {@link StepState#WAITING} where it was nobody's fault */
    void ended(PostStep step, String state, String message, int failures, Instant now, Instant retry) {
        work("noting that step " + step.name() + " failed", connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update tidemark.post_step set state = ?, failures = ?, message = ?, finished = ?, retry = ?"
                            + " where name = ?")) {
                update.setString(1, state);
                update.setInt(2, failures);
                update.setString(3, message);
                update.setTimestamp(4, Timestamp.from(now));
                update.setTimestamp(5, Timestamp.from(retry));
                update.setString(6, step.name());
                return update.executeUpdate();
            }
        });
    }

    void done(PostStep step, Due due, Instant now, long milliseconds) {
        work("noting that step " + step.name() + " is done", connection -> {
            done(connection, step, due, now, milliseconds);
            return true;
        });
    }

    /** Within the caller's transaction. */
    static void done(Connection connection, PostStep step, Due due, Instant now, long milliseconds)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update tidemark.post_step set state = 'done',"
                + " reached = ?, bundle = coalesce(?, bundle), finished = ?, milliseconds = ?, failures = 0, retry = null,"
                + " message = '' where name = ?")) {
            update.setLong(1, due.upto());
            update.setString(2, due.bundle().isEmpty() ? null : due.bundle());
            update.setTimestamp(3, Timestamp.from(now));
            update.setLong(4, milliseconds);
            update.setString(5, step.name());
            update.executeUpdate();
        }
    }

    /** Forgets what every step has passed. */
    void clean() {
        work("removing what all steps have passed", connection -> {
            Statements.transaction(connection, () -> clean(connection));
            return true;
        });
    }

    /** Nothing goes before every step has run once: one may be at its first run just now, and what is loaded meanwhile is news to it. */
    private static void clean(Connection connection) throws SQLException {
        String passed =
                " <= (select coalesce(min(coalesce(reached, 0)), 9223372036854775807)" + " from tidemark.post_step)";
        Statements.update(connection, "delete from tidemark.post_change where load" + passed);
        Statements.update(
                connection,
                "delete from tidemark.post_load where number" + passed
                        + " and number < (select max(number) from tidemark.post_load)");
    }
}
