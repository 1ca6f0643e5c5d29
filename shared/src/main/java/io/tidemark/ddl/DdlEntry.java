package io.tidemark.ddl;

/**
 * One object's definition as pg_dump writes it.
 *
 * @param type pg_dump's word, e.g. {@code TABLE}, {@code FK CONSTRAINT}, {@code COMMENT}
 * @param schema {@code -} where the object is in none
 * @param name pg_dump's tag, e.g. {@code orders}, {@code orders orders_pkey}, {@code area(integer)}
 * @param sql its statements, without the comment that heads them
 */
public record DdlEntry(String type, String schema, String name, String sql) {
    /** Names the object for people. */
    public String label() {
        return type.toLowerCase(java.util.Locale.ROOT) + " " + (schema.equals("-") ? "" : schema + ".") + name;
    }

    /** As pg_dump prints it, so that a script of entries reads like a dump. */
    public String text() {
        return "--\n-- Name: " + name + "; Type: " + type + "; Schema: " + schema + "; Owner: -\n--\n\n" + sql + "\n\n";
    }
}
