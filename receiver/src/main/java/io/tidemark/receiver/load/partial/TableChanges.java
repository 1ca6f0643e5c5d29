package io.tidemark.receiver.load.partial;

import io.tidemark.bundle.Manifest;
import io.tidemark.change.Cell;
import io.tidemark.change.ChangeHeader;
import io.tidemark.change.RowChange;
import io.tidemark.failure.DamagedException;
import io.tidemark.position.Lsn;
import io.tidemark.receiver.inbox.ChangeFile;
import io.tidemark.receiver.load.Statements;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the changes of one table, within the caller's transaction and with triggers and foreign keys off. Set-based: the changes are staged
 * by COPY, cells that the log did not repeat are taken from the replica, then rows that are gone are deleted, what differs is updated, what
 * is new is inserted.
 */
final class TableChanges {
    private static final Logger LOG = LoggerFactory.getLogger(TableChanges.class);
    /** SQLSTATEs of unique and exclusion constraints. */
    private static final Set<String> CLASH = Set.of("23505", "23P01");

    private final Connection connection;
    private final Path folder;
    private final Manifest.Changes listed;
    private final Lsn position;
    private final ChangeSql sql;
    private final ChangeHeader header;
    private final boolean own;
    /** Whether rows took another key, beside which the replica has something of its own. */
    private boolean moved;

    /**
     * @param folder of the unpacked bundle
     * @param position where the table stands in the replica
     */
    TableChanges(Connection connection, Path folder, Manifest.Changes listed, Lsn position) throws SQLException {
        this.connection = connection;
        this.folder = folder;
        this.listed = listed;
        this.position = position;
        this.header = new ChangeHeader(listed.table(), listed.columns(), listed.key(), listed.truncated());
        this.sql = new ChangeSql(header, TargetColumns.read(connection, listed.table()));
        this.own = sql.hasOwn();
    }

    /** @param from where the bundle's range begins */
    Touched apply(Lsn from) throws SQLException, IOException {
        boolean onlyInserts = listed.updated() == 0 && listed.deleted() == 0 && !listed.truncated();
        if (onlyInserts && from.equals(position)) {
            long inserted = insertAtOnce();
            if (inserted >= 0) {
                return new Touched(inserted, 0, 0, 0);
            }
        }
        stage();
        long lost = fill();
        if (moved) {
            Statements.execute(connection, sql.keepMoved());
        }
        long deleted = delete();
        long updated = bringsRows() ? update() : 0;
        long inserted = bringsRows() ? insert() : 0;
        Statements.execute(connection, "DROP TABLE " + ChangeSql.STAGING);
        return new Touched(inserted, updated, deleted, lost);
    }

    /** Else lines only delete, of which a key that stands there twice does no harm. */
    private boolean bringsRows() {
        return listed.inserted() + listed.updated() > 0;
    }

    /** @return how many rows went in; -1 where some are there already, which staging tells apart */
    private long insertAtOnce() throws SQLException, IOException {
        Savepoint before = connection.setSavepoint();
        try (ChangesAhead file = new ChangesAhead(ChangeFile.open(folder, listed));
                CopyLines copy = new CopyLines(connection, sql.copyTable())) {
            for (RowChange change = file.next(); change != null; change = file.next()) {
                change.cells().forEach(copy::cell);
                copy.endRow();
            }
            long rows = copy.finish();
            connection.releaseSavepoint(before);
            return rows;
        } catch (SQLException failure) {
            if (!CLASH.contains(String.valueOf(failure.getSQLState()))) {
                throw failure;
            }
            connection.rollback(before);
            return -1;
        }
    }

    private void stage() throws SQLException, IOException {
        Statements.execute(connection, sql.createStaging());
        try (ChangesAhead file = new ChangesAhead(ChangeFile.open(folder, listed));
                CopyLines copy = new CopyLines(connection, sql.copyStaging())) {
            for (RowChange change = file.next(); change != null; change = file.next()) {
                stage(copy, change);
            }
            copy.finish();
        }
        Statements.execute(connection, "ANALYZE " + ChangeSql.STAGING);
        if (bringsRows() && !Statements.single(connection, sql.duplicates()).equals("0")) {
            throw new DamagedException(listed.entry() + ": a key stands there twice");
        }
    }

    private void stage(CopyLines copy, RowChange change) throws SQLException {
        copy.field(change.op().name().substring(0, 1).toLowerCase(Locale.ROOT));
        boolean same = change.cells().stream().anyMatch(Cell::unchanged);
        copy.field(same ? mask(change.cells()) : null);
        if (change.op() == RowChange.Op.DELETE) {
            List<Integer> places = header.keyPlaces();
            for (int i = 0; i < header.columns().size(); i++) {
                int place = places.indexOf(i);
                copy.cell(place < 0 ? Cell.NULL : change.cells().get(place));
            }
        } else {
            change.cells().forEach(copy::cell);
        }
        boolean elsewhere = !change.formerly().isEmpty();
        moved |= elsewhere && own;
        List<Cell> key = same || elsewhere ? keyHere(change) : List.of();
        for (int i = 0; i < header.key().size(); i++) {
            copy.cell(same || elsewhere ? key.get(i) : Cell.NULL);
        }
        copy.endRow();
    }

    private static String mask(List<Cell> cells) {
        StringBuilder mask = new StringBuilder();
        cells.forEach(cell -> mask.append(cell.unchanged() ? '1' : '0'));
        return mask.toString();
    }

    /** The key under which the replica has the row: the first that it lost after the replica's position, else the one that it has now. */
    private List<Cell> keyHere(RowChange change) {
        return change.formerly().stream()
                .filter(former -> former.until().compareTo(position) > 0)
                .findFirst()
                .map(RowChange.Formerly::key)
                .orElseGet(() ->
                        header.keyPlaces().stream().map(change.cells()::get).toList());
    }

    /** @return how many rows have cells that nobody knows: they are left alone */
    private long fill() throws SQLException {
        if (listed.updated() == 0) {
            return 0;
        }
        Statements.update(connection, sql.fill());
        long lost = Statements.update(connection, sql.dropUnfilled());
        if (lost > 0) {
            LOG.error(
                    "table {}: {} rows have values that did not change and are not in the replica any more; they are left out"
                            + " (hint: somebody deleted rows here; the next complete brings them back)",
                    listed.table(),
                    lost);
        }
        return lost;
    }

    private long delete() throws SQLException {
        if (listed.truncated()) {
            return Statements.update(connection, sql.truncate());
        }
        return listed.deleted() == 0 ? 0 : Statements.update(connection, sql.delete());
    }

    private long update() throws SQLException {
        if (sql.onlyKey()) {
            return 0;
        }
        if (sql.needsSwap()) {
            return swap();
        }
        Savepoint before = connection.setSavepoint();
        try {
            long updated = Statements.update(connection, sql.update());
            connection.releaseSavepoint(before);
            return updated;
        } catch (SQLException failure) {
            if (!CLASH.contains(String.valueOf(failure.getSQLState()))) {
                throw failure;
            }
            connection.rollback(before);
            return swap();
        }
    }

    private long insert() throws SQLException {
        long inserted = 0;
        if (moved) {
            Statements.update(connection, sql.updateMoved());
            inserted = Statements.update(connection, sql.insertMoved());
            Statements.execute(connection, "DROP TABLE " + ChangeSql.MOVED);
        }
        return inserted + Statements.update(connection, sql.insert());
    }

    private long swap() throws SQLException {
        long touched = 0;
        for (String statement : sql.swap()) {
            touched = Statements.update(connection, statement);
        }
        Statements.execute(connection, "DROP TABLE " + ChangeSql.ASIDE);
        return touched;
    }
}
