package io.tidemark.receiver.load;

import io.tidemark.bundle.Manifest;
import io.tidemark.progress.Progress;
import io.tidemark.table.TableName;
import io.tidemark.text.Human;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Looks at the tables that the replica has of a complete, and stages the rows of those that differ: the long part of a merge, which holds no
 * lock that a partial would wait for. What partials write meanwhile is seen by the merge.
 */
final class AheadStaging {
    static final String STAGE = "stage";

    private final LoadSessions sessions;
    private final MergeInput input;
    private final Manifest manifest;
    private final Progress progress;

    AheadStaging(LoadSessions sessions, MergeInput input, Progress progress) {
        this.sessions = sessions;
        this.input = input;
        this.manifest = input.manifest();
        this.progress = progress;
    }

    /** @param states as the ledger has them */
    Ahead run(Map<TableName, RelationState> states) throws SQLException, IOException {
        Connection main = sessions.main();
        List<Manifest.Table> standing = manifest.tables().stream()
                .filter(table -> states.containsKey(table.name())
                        && states.get(table.name()).loaded())
                .toList();
        Verdicts verdicts = new Verdicts(states, Ahead.NOTHING);
        progress.begin(STAGE, standing.size(), Progress.Unit.STEPS);
        Statements.snapshot(main, () -> verdicts.judge(standing, sessions));
        Map<TableName, StagedRows> rows = new HashMap<>();
        for (Manifest.Table table : standing) {
            Verdicts.Kind kind = verdicts.of(table.name()).kind();
            if (kind != Verdicts.Kind.EQUAL) {
                boolean asProven = kind == Verdicts.Kind.AS_PROVEN;
                RelationState state = Objects.requireNonNull(states.get(table.name()));
                rows.put(
                        table.name(), stage(main, table, asProven ? input.difference(table, state) : Optional.empty()));
            }
            progress.advance(STAGE, 1);
        }
        progress.end(STAGE, Human.count(rows.size(), "table") + " of " + standing.size());
        return new Ahead(verdicts.all(), rows);
    }

    private StagedRows stage(Connection main, Manifest.Table table, Optional<EarlierComplete.Difference> difference)
            throws SQLException, IOException {
        RowStaging staging = RowStaging.ahead(
                main, new TableCopy(input.store()), manifest.tables().indexOf(table));
        Optional<StagedRows> rows =
                difference.isPresent() ? staging.difference(table, difference.get()) : Optional.empty();
        return rows.isPresent() ? rows.get() : staging.whole(table, input.blobs(table));
    }
}
