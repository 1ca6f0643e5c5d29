package io.tidemark.sender.state;

import io.tidemark.database.SqlResource;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Makes the tables of a new state file, and refuses a file that is not ours before anything in it changes. */
final class StateSchema {
    static final int VERSION = 1;
    /** SQLite's application id: "Tdms". */
    static final int APPLICATION = 0x5464_6d73;

    private StateSchema() {}

    static void prepare(Path file, Statement statement) throws SQLException {
        isNew(file, statement);
        statement.execute("PRAGMA journal_mode = WAL");
        statement.execute("BEGIN IMMEDIATE");
        if (isNew(file, statement)) {
            statement.executeUpdate(SqlResource.read(StateSchema.class, "schema.sql"));
            statement.execute("PRAGMA application_id = " + APPLICATION);
            statement.execute("PRAGMA user_version = " + VERSION);
        }
        // Came after version 1 and changes nothing that was there.
        statement.executeUpdate(
                "CREATE TABLE IF NOT EXISTS reached (sequence INTEGER PRIMARY KEY, lsn INTEGER NOT NULL)");
        media(statement);
        statement.execute("COMMIT");
        statement.executeUpdate("CREATE TEMP TABLE media_gone (path BLOB NOT NULL PRIMARY KEY, first INTEGER NOT NULL,"
                + " last INTEGER NOT NULL) WITHOUT ROWID");
        // Claims end with the process: what it had not written into a noted volume is then in no bundle.
        statement.executeUpdate("CREATE TEMP TABLE claimed (id BLOB NOT NULL, sequence INTEGER NOT NULL,"
                + " PRIMARY KEY (id, sequence)) WITHOUT ROWID");
        statement.executeUpdate("CREATE TEMP TABLE named (id BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID");
        statement.executeUpdate(
                "CREATE TEMP TABLE part_noted (relation TEXT NOT NULL, part INTEGER NOT NULL, rows INTEGER NOT NULL,"
                        + " digest TEXT NOT NULL, contents TEXT NOT NULL, PRIMARY KEY (relation, part)) WITHOUT ROWID");
    }

    /** What partials have said of media: came after version 1. A file that no reading is known of has an inode below 0. */
    private static void media(Statement statement) throws SQLException {
        if (number(statement, "SELECT count(*) FROM pragma_table_info('media') WHERE name = 'said'") == 0) {
            for (String column : List.of(
                    "said INTEGER NOT NULL DEFAULT 0",
                    "said_blob BLOB",
                    "said_size INTEGER NOT NULL DEFAULT 0",
                    "said_modified INTEGER NOT NULL DEFAULT 0",
                    "unsure INTEGER NOT NULL DEFAULT 0")) {
                statement.executeUpdate("ALTER TABLE media ADD COLUMN " + column);
            }
        }
        statement.executeUpdate("CREATE TABLE IF NOT EXISTS media_pending (path BLOB NOT NULL PRIMARY KEY,"
                + " blob BLOB, size INTEGER NOT NULL, modified INTEGER NOT NULL) WITHOUT ROWID");
        statement.executeUpdate("CREATE TABLE IF NOT EXISTS wanted (id BLOB NOT NULL PRIMARY KEY,"
                + " partial INTEGER NOT NULL) WITHOUT ROWID");
    }

    private static boolean isNew(Path file, Statement statement) throws SQLException {
        int application = number(statement, "PRAGMA application_id");
        int version = number(statement, "PRAGMA user_version");
        if (application == APPLICATION && version == VERSION) {
            return false;
        }
        if (application == APPLICATION) {
            throw StateFailures.foreign(file, "has version " + version + ", this Tidemark knows version " + VERSION);
        }
        if (application != 0 || version != 0 || number(statement, "SELECT count(*) FROM sqlite_master") != 0) {
            throw StateFailures.foreign(file, "was not written by Tidemark");
        }
        return true;
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
