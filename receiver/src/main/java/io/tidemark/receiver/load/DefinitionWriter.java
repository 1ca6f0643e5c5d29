package io.tidemark.receiver.load;

import io.tidemark.database.SqlFailures;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries definitions out and notes them in the ledger, within the caller's transaction. */
final class DefinitionWriter {
    private static final Logger LOG = LoggerFactory.getLogger(DefinitionWriter.class);
    /** SQLSTATEs that say: something of that name is there already. */
    private static final Set<String> DUPLICATE =
            Set.of("42P07", "42710", "42723", "42P06", "42701", "42P16", "42712", "42P11");

    private static final String CHECK_VIOLATION = "23514";

    private final DefinitionLedger ledger;
    private final Predicate<Definition> adoptable;

    /** @param adoptable definitions whose object may have been there before Tidemark came */
    DefinitionWriter(DefinitionLedger ledger, Predicate<Definition> adoptable) {
        this.ledger = ledger;
        this.adoptable = adoptable;
    }

    void create(Connection connection, Definition definition) throws SQLException {
        make(connection, definition, failure -> false);
    }

    /**
     * Makes a table a partition.
     *
     * @return false where rows stand against it, here or in the default partition: those of this complete are not merged yet
     */
    boolean attach(Connection connection, Definition partition) throws SQLException {
        return make(connection, partition, failure -> CHECK_VIOLATION.equals(failure.getSQLState()));
    }

    /** @param later failures that say that it can be made later; it returns false then, and nothing was done */
    private boolean make(Connection connection, Definition definition, Predicate<SQLException> later)
            throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            Statements.execute(connection, definition.entry().sql());
        } catch (SQLException failure) {
            connection.rollback(before);
            if (later.test(failure)) {
                return false;
            }
            tolerate(definition, failure);
        }
        ledger.put(connection, definition);
        return true;
    }

    /** Where an object can be replaced in place it is; otherwise it is dropped and made anew. */
    void replace(Connection connection, Definition old, Definition wanted) throws SQLException {
        for (String statement : ChangeStatement.of(old.entry(), wanted.entry())) {
            change(connection, wanted.entry().label(), statement);
        }
        ledger.put(connection, wanted);
    }

    /** Carries out one statement about {@code label}. */
    void change(Connection connection, String label, String statement) throws SQLException {
        try {
            Statements.execute(connection, statement);
        } catch (SQLException failure) {
            throw describe("cannot change " + label + " as the primary did", failure);
        }
    }

    /** A comment whose object somebody removed here is gone as well. */
    void drop(Connection connection, Definition definition) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            var statement = DropStatement.of(definition.entry());
            if (statement.isPresent()) {
                Statements.execute(connection, statement.get());
            }
        } catch (SQLException failure) {
            connection.rollback(before);
            if (definition.entry().type().equals("COMMENT") && !SqlFailures.passing(failure)) {
                ledger.remove(connection, definition);
                return;
            }
            throw describe(
                    "the primary has dropped " + definition.entry().label() + " and the replica cannot", failure);
        }
        ledger.remove(connection, definition);
    }

    private void tolerate(Definition definition, SQLException failure) {
        String type = definition.entry().type();
        boolean there = DUPLICATE.contains(String.valueOf(failure.getSQLState()));
        if (there && (type.equals("SCHEMA") || adoptable.test(definition))) {
            LOG.info("{} is there already and is taken over", definition.entry().label());
        } else if (type.equals("COMMENT") && definition.entry().name().startsWith("EXTENSION ")) {
            LOG.info(
                    "{} belongs to another role and keeps its comment",
                    definition.entry().name());
        } else if (there) {
            throw new TidemarkException(
                    FailureCode.NOT_ADOPTED,
                    definition.entry().label() + " is in the replica already and was not made by Tidemark",
                    "name it in load.adopt to take it over, or move it away",
                    failure);
        } else {
            throw describe("cannot make " + definition.entry().label(), failure);
        }
    }

    /** Passing failures stay what they are, so that the step is tried again; the rest is drift, which a person has to resolve. */
    private static TidemarkException describe(String what, SQLException failure) {
        if (SqlFailures.passing(failure)) {
            return SqlFailures.of(what, failure);
        }
        TidemarkException known = SqlFailures.of(what, failure);
        return known.code() == FailureCode.FAILED
                ? new TidemarkException(
                        FailureCode.DRIFT,
                        known.text(),
                        "resolve it in the replica by hand (e.g. drop what depends on it, install the extension); the next load goes on from there",
                        failure)
                : known;
    }
}
