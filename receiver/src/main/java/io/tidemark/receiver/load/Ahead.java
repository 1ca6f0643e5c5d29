package io.tidemark.receiver.load;

import io.tidemark.table.TableName;
import java.util.Map;
import java.util.Optional;

/**
 * What was found out and staged of a complete before it is merged, while partials went on.
 *
 * @param verdicts of tables that the replica had
 * @param rows staged, of those that differed
 */
record Ahead(Map<TableName, Verdicts.Verdict> verdicts, Map<TableName, StagedRows> rows) {
    static final Ahead NOTHING = new Ahead(Map.of(), Map.of());

    Ahead {
        verdicts = Map.copyOf(verdicts);
        rows = Map.copyOf(rows);
    }

    Optional<Verdicts.Verdict> verdict(TableName table) {
        return Optional.ofNullable(verdicts.get(table));
    }

    /** @param whole whether all rows are meant, or what differs between two completes */
    Optional<StagedRows> rows(TableName table, boolean whole) {
        return Optional.ofNullable(rows.get(table)).filter(staged -> staged.isWhole() == whole);
    }
}
