package io.tidemark.change;

import org.jspecify.annotations.Nullable;

/**
 * One column's value in a {@link RowChange}: a value, SQL null, or unchanged. Unchanged is a value kept outside of the row (TOAST) that an
 * UPDATE did not touch: the log does not repeat it, and whoever wrote null in its place would destroy it.
 *
 * @param text as PostgreSQL's output function prints it under the pinned settings; null where the value is SQL null or unchanged
 */
public record Cell(@Nullable String text, boolean unchanged) {
    public static final Cell NULL = new Cell(null, false);
    public static final Cell UNCHANGED = new Cell(null, true);

    public Cell {
        if (unchanged && text != null) {
            throw new IllegalArgumentException("an unchanged cell has no value");
        }
    }

    public static Cell of(String text) {
        return new Cell(text, false);
    }

    public boolean isNull() {
        return text == null && !unchanged;
    }
}
