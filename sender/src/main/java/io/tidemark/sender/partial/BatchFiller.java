package io.tidemark.sender.partial;

import io.tidemark.sender.log.LogMessage;
import io.tidemark.sender.log.Relations;
import io.tidemark.sender.log.TableLayout;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Puts changes into a batch, each into its table. */
final class BatchFiller {
    private final Batch batch;
    private final Relations relations;
    private final Layouts layouts;
    private final BiPredicate<TableLayout, TableLayout> alike;
    private final Map<Integer, TableLayout> known = new HashMap<>();

    /**
     * @param relations what the log has told, for tables that it does not tell of again
     * @param alike whether rows of two layouts of a table can stand in one batch
     */
    BatchFiller(Batch batch, Relations relations, Layouts layouts, BiPredicate<TableLayout, TableLayout> alike) {
        this.alike = alike;
        this.batch = batch;
        this.relations = relations;
        this.layouts = layouts;
    }

    /**
     * @param transaction number of the one that the change belongs to
     * @return whether a row has taken another key
     */
    boolean take(LogMessage message, int transaction) throws IOException, MovedException {
        if (message instanceof LogMessage.Relation relation) {
            relation(relation);
        } else if (message instanceof LogMessage.Insert insert) {
            Optional<TableBatch> table = table(insert.relation());
            if (table.isPresent()) {
                table.get().insert(insert);
            }
        } else if (message instanceof LogMessage.Update update) {
            Optional<TableBatch> table = table(update.relation());
            if (table.isPresent()) {
                table.get().update(update, transaction);
            }
            return update.before() != null;
        } else if (message instanceof LogMessage.Delete delete) {
            Optional<TableBatch> table = table(delete.relation());
            if (table.isPresent()) {
                table.get().delete(delete);
            }
        } else if (message instanceof LogMessage.Truncate truncate) {
            for (int relation : truncate.relations()) {
                Optional<TableBatch> table = table(relation);
                if (table.isPresent()) {
                    table.get().truncate();
                }
            }
        }
        return false;
    }

    private void relation(LogMessage.Relation relation) throws MovedException {
        TableLayout layout = layout(relation);
        Optional<TableBatch> before = batch.table(relation.table());
        if (before.isPresent() && !alike.test(before.get().layout(), layout)) {
            throw new MovedException();
        }
    }

    /** Empty where the table has no key by which its rows could be told apart; it travels with completes. */
    private Optional<TableBatch> table(int relation) {
        TableLayout layout = known.get(relation);
        if (layout == null) {
            layout = layout(Objects.requireNonNull(relations.find(relation)));
        }
        return layout.key().isEmpty() ? Optional.empty() : Optional.of(batch.table(layout));
    }

    private TableLayout layout(LogMessage.Relation relation) {
        TableLayout layout = layouts.layout(relation);
        known.put(relation.id(), layout);
        return layout;
    }
}
