package io.tidemark.table;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** In which form of COPY a table's parts are written. */
public enum DataFormat {
    TEXT,
    BINARY;

    /** The word after {@code FORMAT} in COPY, and in the manifest. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
