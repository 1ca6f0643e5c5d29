package io.tidemark.table;

/**
 * A column as the replica must have it.
 *
 * @param type as {@code format_type} prints it with an empty search path, e.g. {@code character varying(30)}
 * @param identity whether {@code GENERATED ALWAYS AS IDENTITY}, {@code BY DEFAULT}, or none
 * @param generated computed by the database; never copied
 * @param expression the default or, where generated, what computes it, as {@code pg_get_expr} prints it; empty for none
 */
public record Column(
        String name, String type, boolean notNull, Identity identity, boolean generated, String expression) {
    /** How an identity column takes given values. */
    public enum Identity {
        NONE,
        ALWAYS,
        BY_DEFAULT
    }
}
