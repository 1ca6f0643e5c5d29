package io.tidemark.sender.capture;

import io.tidemark.database.TableInfo;
import io.tidemark.table.DataFormat;

/** The setting {@code complete.format}. */
public enum FormatChoice {
    /** Binary where every type of the table is safe in another database, text otherwise. */
    AUTO,
    TEXT,
    /** Binary for every table whose types are safe; the others still travel as text, since binary would lie. */
    BINARY;

    DataFormat of(TableInfo table) {
        return this != TEXT && table.binarySafe() ? DataFormat.BINARY : DataFormat.TEXT;
    }
}
