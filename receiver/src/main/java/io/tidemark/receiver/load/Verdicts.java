package io.tidemark.receiver.load;

import io.tidemark.bundle.Manifest;
import io.tidemark.receiver.load.TaskGraph.Task;
import io.tidemark.table.RowDigest;
import io.tidemark.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides for each table of the replica, before anything is merged, whether it equals the complete, equals the complete before, or has to be
 * compared row by row. A table is read only where it was written to since it was last proven. Each one's locks are given back at once: a server has room for a
 * few thousand.
 */
final class Verdicts {
    /** What has to be done. */
    enum Kind {
        /** Its rows are those of the complete. */
        EQUAL,
        /** Its rows were those of the complete when it was looked at ahead, and it was written to since. */
        WAS_EQUAL,
        /** Its rows are those that it had when it was last proven. */
        AS_PROVEN,
        /** Somebody else wrote to it, or nothing is known of it. */
        UNKNOWN
    }

    /** The verdict on one table, and what it rests on. */
    record Verdict(Kind kind, RowWriters writers) {}

    private final Map<TableName, RelationState> states;
    private final Ahead ahead;
    private final Map<TableName, Verdict> found = new ConcurrentHashMap<>();

    /** @param ahead what stands where nobody has written to a table since */
    Verdicts(Map<TableName, RelationState> states, Ahead ahead) {
        this.states = states;
        this.ahead = ahead;
    }

    /** @param sessions of which the main one is in a transaction; it sees just what is judged here */
    void judge(List<Manifest.Table> tables, LoadSessions sessions) throws SQLException {
        String snapshot = Statements.single(sessions.main(), "select pg_catalog.pg_export_snapshot()");
        List<Connection> workers = sessions.workers();
        for (Connection worker : workers) {
            Statements.execute(
                    worker,
                    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT '" + snapshot + "'");
        }
        TaskGraph graph = new TaskGraph();
        for (Manifest.Table table : tables) {
            graph.add(new Task(
                    table.name(),
                    "proving table " + table.name(),
                    table.bytes(),
                    Set.of(),
                    Set.of(),
                    false,
                    connection -> {
                        Statements.execute(connection, "SAVEPOINT one_table");
                        found.put(table.name(), judge(connection, table));
                        Statements.execute(connection, "ROLLBACK TO SAVEPOINT one_table");
                    }));
        }
        graph.run(workers);
        for (Connection worker : workers) {
            Statements.execute(worker, "ROLLBACK");
        }
    }

    Map<TableName, Verdict> all() {
        return found;
    }

    Verdict of(TableName table) {
        return java.util.Objects.requireNonNull(found.get(table), "a verdict for every table");
    }

    private Verdict judge(Connection connection, Manifest.Table table) throws SQLException {
        RelationState state = states.get(table.name());
        RowWriters writers = RowWriters.read(connection, table.name());
        Optional<Verdict> before = ahead.verdict(table.name());
        if (before.isPresent()) {
            return since(before.get(), writers);
        }
        if (state == null) {
            return new Verdict(Kind.UNKNOWN, writers);
        }
        boolean sameForm = state.format() == table.format()
                && state.shape().copied().equals(table.shape().copied());
        if (sameForm && writers.writers().equals(state.writers())) {
            return new Verdict(state.digest().equals(table.digest()) ? Kind.EQUAL : Kind.AS_PROVEN, writers);
        }
        if (writers.rows() != table.rows() && writers.rows() != state.rows()) {
            return new Verdict(Kind.UNKNOWN, writers);
        }
        RowDigest own = TableCopy.digest(connection, table.shape(), table.format());
        if (own.digest().equals(table.digest())) {
            return new Verdict(Kind.EQUAL, writers);
        }
        return new Verdict(sameForm && own.digest().equals(state.digest()) ? Kind.AS_PROVEN : Kind.UNKNOWN, writers);
    }

    private static Verdict since(Verdict before, RowWriters writers) {
        if (before.writers().equals(writers)) {
            return before;
        }
        return new Verdict(before.kind() == Kind.EQUAL ? Kind.WAS_EQUAL : Kind.UNKNOWN, writers);
    }
}
