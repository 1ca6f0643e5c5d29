package io.tidemark.receiver.load.partial;

import io.tidemark.bundle.Manifest;
import io.tidemark.database.Catalogue;
import io.tidemark.database.SqlFailures;
import io.tidemark.database.SqlResource;
import io.tidemark.database.TableInfo;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.load.Ledger;
import io.tidemark.receiver.load.RelationState;
import io.tidemark.receiver.load.ShortTransaction;
import io.tidemark.receiver.load.Statements;
import io.tidemark.receiver.load.TableChange;
import io.tidemark.table.Column;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds columns that are new on the primary to one table of the replica, without making its readers wait. */
final class NewColumns {
    private static final Logger LOG = LoggerFactory.getLogger(NewColumns.class);

    private final Connection connection;
    private final String source;
    private final TableName table;

    NewColumns(Connection connection, String source, Manifest.Changes changes) {
        this.connection = connection;
        this.source = source;
        this.table = changes.table();
    }

    /** @throws TidemarkException (DRIFT) where the replica has a column of its own by that name, or does not take the new one */
    void add(List<Column> columns) throws SQLException {
        try {
            new ShortTransaction(connection).run(() -> change(columns));
        } catch (SQLException failure) {
            TidemarkException known = SqlFailures.of("cannot add the primary's new columns to table " + table, failure);
            if (SqlFailures.passing(failure) || known.code() != FailureCode.FAILED) {
                throw failure;
            }
            throw new TidemarkException(
                    FailureCode.DRIFT,
                    known.text(),
                    "the next complete brings the schema, and what waits is loaded after it",
                    failure);
        }
    }

    private void change(List<Column> columns) throws SQLException {
        Ledger ledger = new Ledger(connection, source);
        RelationState relation = ledger.relation(table).orElseThrow();
        TableShape known = relation.shape();
        TableShape wanted = with(known, columns);
        TableShape actual = Catalogue.read(connection, Catalogue.Choice.of(Set.of(table)))
                .table(table)
                .map(TableInfo::shape)
                .orElseThrow(() -> new TidemarkException(
                        FailureCode.DRIFT,
                        "table " + table + " is missing in the replica",
                        "it was dropped or renamed by hand; the next complete tells what to do"));
        String root = root();
        for (String statement : TableChange.of(wanted, known, actual).before()) {
            if (statement.contains(" ADD COLUMN ")) {
                Statements.execute(
                        connection,
                        statement.replace("ALTER TABLE ONLY " + table.quoted() + " ", "ALTER TABLE " + root + " "));
                LOG.info("table {}: {}", table, statement);
            }
        }
        ledger.put(relation.withShape(wanted));
    }

    private static TableShape with(TableShape known, List<Column> columns) {
        List<Column> all = new ArrayList<>(known.columns());
        all.addAll(columns);
        return new TableShape(known.table(), all, known.key(), known.checks());
    }

    /** A partition gets its columns from the table at the top. */
    private String root() throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(SqlResource.read(NewColumns.class, "partition-root.sql"))) {
            select.setString(1, table.quoted());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Objects.requireNonNull(row.getString(1)) : table.quoted();
            }
        }
    }
}
