package io.tidemark.table;

import java.util.Comparator;

/** A table (or another relation) as the catalogue spells it: unquoted, any characters. */
public record TableName(String schema, String name) implements Comparable<TableName> {
    private static final Comparator<TableName> ORDER =
            Comparator.comparing(TableName::schema).thenComparing(TableName::name);

    public TableName {
        if (schema.isEmpty() || name.isEmpty() || (schema + name).indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a table name: " + schema + "." + name);
        }
    }

    /** Quoted for SQL, always with both quotes, so that no name can be anything but a name. */
    public String quoted() {
        return quote(schema) + "." + quote(name);
    }

    public static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public int compareTo(TableName other) {
        return ORDER.compare(this, other);
    }

    /** For messages and globs: {@code schema.table}. */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
