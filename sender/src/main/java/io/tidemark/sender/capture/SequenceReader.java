package io.tidemark.sender.capture;

import io.tidemark.bundle.Manifest;
import io.tidemark.database.Relation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads where sequences stand. Sequences know no snapshot, so they are read after the rows: a value is then never behind a row that used it.
 */
final class SequenceReader {
    private SequenceReader() {}

    static List<Manifest.Sequence> read(Connection connection, List<Relation> sequences) throws SQLException {
        List<Manifest.Sequence> values = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (Relation sequence : sequences) {
                try (ResultSet row = statement.executeQuery(
                        "select last_value, is_called from " + sequence.name().quoted())) {
                    row.next();
                    values.add(new Manifest.Sequence(
                            sequence.name().schema(), sequence.name().name(), row.getLong(1), row.getBoolean(2)));
                }
            }
        }
        return values;
    }
}
