package io.tidemark.receiver.load.partial;

import com.fasterxml.jackson.databind.ObjectWriter;
import io.tidemark.bundle.Manifest;
import io.tidemark.change.Cell;
import io.tidemark.change.ChangeHeader;
import io.tidemark.change.RowChange;
import io.tidemark.json.StrictJson;
import io.tidemark.receiver.inbox.ChangeFile;
import io.tidemark.receiver.load.ChangeQueue;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notes the keys of a change file's lines for post-processing, within the transaction that applies them. */
final class ChangedKeys {
    private static final ObjectWriter JSON = StrictJson.lineWriter(Map.class);

    private ChangedKeys() {}

    static void note(Connection connection, ChangeQueue queue, Path folder, Manifest.Changes listed)
            throws SQLException, IOException {
        if (!queue.wanted()) {
            return;
        }
        if (listed.truncated()) {
            queue.everything(listed.table());
        }
        try (ChangeFile file = ChangeFile.open(folder, listed);
                CopyLines copy = new CopyLines(connection, queue.copy())) {
            for (RowChange change = file.next(); change != null; change = file.next()) {
                for (String field : queue.head(listed.table())) {
                    copy.field(field);
                }
                boolean deleted = change.op() == RowChange.Op.DELETE;
                copy.field(JSON.writeValueAsString(key(file.header(), change, deleted)));
                copy.field(deleted ? "t" : "f");
                copy.endRow();
            }
            copy.finish();
        }
    }

    /** Cells of a line that deletes are those of the key. */
    private static Map<String, @Nullable String> key(ChangeHeader header, RowChange change, boolean deleted) {
        Map<String, @Nullable String> key = new LinkedHashMap<>();
        List<Integer> places = header.keyPlaces();
        for (int i = 0; i < places.size(); i++) {
            Cell cell = change.cells().get(deleted ? i : places.get(i));
            key.put(header.key().get(i), cell.text());
        }
        return key;
    }
}
