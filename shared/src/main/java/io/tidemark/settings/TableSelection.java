package io.tidemark.settings;

import io.tidemark.table.TableName;
import java.util.Set;

/** Which tables travel: what is included and not excluded; never the system's own schemas, nor Tidemark's. */
public record TableSelection(TableGlobs include, TableGlobs exclude) {
    private static final Set<String> NEVER = Set.of("information_schema", "tidemark");

    public boolean matches(TableName table) {
        return !isReserved(table.schema()) && include.matches(table) && !exclude.matches(table);
    }

    /** PostgreSQL reserves every schema name that begins with {@code pg_}. */
    public static boolean isReserved(String schema) {
        return schema.startsWith("pg_") || NEVER.contains(schema);
    }
}
