package io.tidemark.sender.partial;

import io.tidemark.change.ChangeHeader;
import io.tidemark.change.ChangeWriter;
import io.tidemark.database.Catalogue;
import io.tidemark.database.TableInfo;
import io.tidemark.sender.log.TableLayout;
import io.tidemark.table.Column;
import io.tidemark.table.TableShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes a batch into change files, one for each table that changed. */
final class ChangeFiles {
    /** Rows between two looks at whether the server has to hear of us. */
    private static final int LOOK = 1024;

    private final ChangeFolder folder;
    private final Catalogue catalogue;
    private final Runnable pulse;
    private long written;

    /** @param pulse called again and again while files are written */
    ChangeFiles(ChangeFolder folder, Catalogue catalogue, Runnable pulse) {
        this.folder = folder;
        this.catalogue = catalogue;
        this.pulse = pulse;
    }

    void write(Batch batch) throws IOException {
        for (TableBatch table : batch.tables()) {
            if (!table.isEmpty()) {
                write(batch, table);
            }
        }
    }

    /** Says what columns tables have, of which no row changed. */
    void tell(List<TableShape> tables) throws IOException {
        for (TableShape shape : tables) {
            Path file = folder.next();
            ChangeWriter writer = new ChangeWriter(file, ChangeHeader.of(shape));
            writer.close();
            folder.add(file, writer.header(), Optional.of(shape), writer);
        }
    }

    private void write(Batch batch, TableBatch table) throws IOException {
        Path file = folder.next();
        Optional<ChangeWriter> there = table.moveTo(file);
        ChangeWriter writer = there.isPresent() ? there.get() : written(batch, table, file);
        folder.keep(file, writer.header(), shape(table.layout()), writer);
    }

    private ChangeWriter written(Batch batch, TableBatch table, Path file) throws IOException {
        ChangeWriter writer = new ChangeWriter(file, table.header());
        try (writer) {
            table.write((op, cells, formerly) -> {
                writer.write(op, cells, formerly, batch::end);
                if (++written % LOOK == 0) {
                    pulse.run();
                }
            });
        }
        return writer;
    }

    /** What the catalogue says, unless it has moved on from what the log says. */
    private Optional<TableShape> shape(TableLayout layout) {
        return catalogue.table(layout.table()).map(TableInfo::shape).filter(shape -> {
            Set<List<String>> now = new HashSet<>();
            for (Column column : shape.copied()) {
                now.add(List.of(column.name(), column.type()));
            }
            Set<List<String>> then = new HashSet<>();
            layout.columns().forEach(column -> then.add(List.of(column.name(), column.type())));
            return now.equals(then);
        });
    }
}
