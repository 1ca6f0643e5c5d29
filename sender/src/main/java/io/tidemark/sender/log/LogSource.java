package io.tidemark.sender.log;

import io.tidemark.change.ChangeHeader;
import io.tidemark.database.Catalogue;
import io.tidemark.database.Database;
import io.tidemark.database.SqlFailures;
import io.tidemark.database.TableInfo;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.position.Lsn;
import io.tidemark.sender.capture.OrderedPosition;
import io.tidemark.sender.capture.SourceServer;
import io.tidemark.settings.TableSelection;
import io.tidemark.table.Column;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The primary as log mode sees it, in one session. */
public final class LogSource implements AutoCloseable {
    private static final int SECONDS_TO_ANSWER = 5;

    private final Database database;
    private final LogNames names;
    private final Connection connection;
    private final KnownCatalogue catalogue;
    private final Slot slot;
    private final Publication publication;

    private LogSource(Database database, LogNames names, KnownCatalogue catalogue, Connection connection) {
        this.database = database;
        this.catalogue = catalogue;
        this.names = names;
        this.connection = connection;
        this.slot = new Slot(names.slot());
        this.publication = new Publication(names.publication());
    }

    public static LogSource open(Database database, LogNames names) {
        return open(database, names, new KnownCatalogue());
    }

    /** @param catalogue of the same database, as an earlier session left it */
    public static LogSource open(Database database, LogNames names, KnownCatalogue catalogue) {
        try {
            return new LogSource(database, names, catalogue, database.open("tidemark partial"));
        } catch (SQLException failure) {
            throw SqlFailures.of("database " + database, failure);
        }
    }

    /** Something asked of the database. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws SQLException;
    }

    private <T> T guarded(String what, Question<T> question) {
        try {
            return question.ask();
        } catch (SQLException failure) {
            throw SqlFailures.of(what, failure);
        }
    }

    /** Whether the server still answers in this session. */
    public boolean isUsable() {
        return guarded("asking " + database.url(), () -> connection.isValid(SECONDS_TO_ANSWER));
    }

    public SourceServer server() {
        return guarded("asking " + database.url(), () -> SourceServer.read(connection));
    }

    /** What stands against log mode here, for people; empty where nothing does. */
    public Optional<String> obstacle() {
        return guarded("asking " + database.url(), () -> LogRights.obstacle(connection));
    }

    /** Whether {@link #awaitDefinitions} sees all that it has to wait for. */
    public boolean seesWaitingCommits() {
        return guarded("asking " + database.url(), () -> LogRights.seesWaitingCommits(connection));
    }

    /** With the shapes of the tables that the settings take; as it was read last where no definition has changed since. */
    public Catalogue catalogue(TableSelection wanted) {
        return guarded("reading the catalogue", () -> catalogue.read(connection, wanted));
    }

    public Publication.Standing reconcile(Catalogue catalogue, TableSelection wanted) {
        return guarded(
                "publication " + names.publication(), () -> publication.reconcile(connection, catalogue, wanted));
    }

    public Publication.Standing publication(Catalogue catalogue, TableSelection wanted) {
        return guarded("publication " + names.publication(), () -> publication.look(connection, catalogue, wanted));
    }

    /** What the log does not tell of tables, by the name that they have now; those that are gone are left out. */
    public Map<TableName, TableDetails> details(Collection<Long> oids) {
        return guarded("reading the catalogue", () -> new TableDetailsQuery(connection).read(oids));
    }

    /**
     * Lets the catalogue show what transactions did to definitions whose commits are in the log already.
     *
     * @param oids of the tables that matter
     * @throws TidemarkException (DATABASE) where one of them waits for a synchronous standby until others may see it
     */
    public void awaitDefinitions(Collection<Long> oids) {
        Optional<String> unseen =
                guarded("looking for changes of definitions", () -> UnseenCommits.await(connection, oids));
        if (unseen.isPresent()) {
            throw new TidemarkException(
                    FailureCode.DATABASE,
                    "a change of table " + unseen.get() + " waits for a synchronous standby before anybody sees it",
                    "partials go on where they are once it is seen; look at synchronous_standby_names and pg_stat_replication");
        }
    }

    /**
     * Whether rows that are older than a column have the value there that a replica gives them by adding the column as it is defined now.
     *
     * @param table whose rows were not rewritten since the column came
     */
    public boolean givesOldRows(TableDetails table, Column column) {
        return guarded(
                "reading the catalogue", () -> new TableDetailsQuery(connection).givesOldRows(table.oid(), column));
    }

    public void dropPublication() {
        guarded("dropping publication " + names.publication(), () -> {
            publication.drop(connection);
            return true;
        });
    }

    public Slot.Standing slot() {
        return guarded("looking at slot " + names.slot(), () -> slot.look(connection));
    }

    /**
     * Writes a few bytes into the log, where the role may.
     *
     * @return where the log is on disk afterwards
     */
    public Lsn pass() {
        return guarded("writing into the log", () -> {
            OrderedPosition.passDurably(connection);
            return slot.look(connection).flushed();
        });
    }

    /**
     * Lets the server begin nearer to the end than it would by itself, once it has met in the log what it notes for that.
     *
     * @return whether it is worth trying again soon; not where no slot is free, or the role may not do it silently
     */
    public boolean shorten() {
        return StandbySnapshot.write(connection);
    }

    public Lsn createSlot() {
        return guarded("creating slot " + names.slot(), () -> slot.create(connection));
    }

    public void dropSlot() {
        guarded("dropping slot " + names.slot(), () -> {
            slot.drop(connection);
            return true;
        });
    }

    public LogStream stream(Lsn from) {
        return LogStream.open(database, names.slot(), names.publication(), from);
    }

    /** Nothing is read before it is told up to where. Empty where each look would leave lines in the server's log. */
    public Optional<LogPeek> peek() {
        return LogPeek.open(database, names.slot(), names.publication());
    }

    /** The types by name, and the key: that of the replica identity, or where that is the whole row the one that the catalogue has. */
    public TableLayout layout(LogMessage.Relation relation, Catalogue catalogue) {
        return guarded("reading table " + relation.table(), () -> {
            List<String> types = types(relation.columns());
            List<ChangeHeader.Column> columns = new ArrayList<>();
            List<String> identity = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                LogMessage.Column column = relation.columns().get(i);
                columns.add(new ChangeHeader.Column(column.name(), types.get(i)));
                if (column.identity()) {
                    identity.add(column.name());
                }
            }
            return new TableLayout(relation, columns, key(relation, identity, catalogue));
        });
    }

    private static List<String> key(LogMessage.Relation relation, List<String> identity, Catalogue catalogue) {
        List<String> known = catalogue
                .table(relation.table())
                .map(TableInfo::shape)
                .map(TableShape::key)
                .orElse(List.of());
        Set<String> present = new HashSet<>(identity);
        boolean whole = relation.identity() == 'f';
        boolean same = present.equals(new HashSet<>(known));
        return same || (whole && present.containsAll(known)) ? known : whole ? List.of() : identity;
    }

    private List<String> types(List<LogMessage.Column> columns) throws SQLException {
        List<String> types = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement("select pg_catalog.format_type(t.oid::oid, t.modifier) from rows from"
                        + " (pg_catalog.unnest(?::bigint[]), pg_catalog.unnest(?::int[]))"
                        + " with ordinality t(oid, modifier, place) order by t.place")) {
            query.setArray(
                    1,
                    connection.createArrayOf(
                            "int8",
                            columns.stream().map(LogMessage.Column::type).toArray()));
            query.setArray(
                    2,
                    connection.createArrayOf(
                            "int4",
                            columns.stream().map(LogMessage.Column::modifier).toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    types.add(String.valueOf(row.getString(1)));
                }
            }
        }
        return types;
    }

    @Override
    public void close() {
        guarded("closing a session", () -> {
            connection.close();
            return true;
        });
    }
}
