package io.tidemark.settings;

import io.tidemark.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Comma-separated globs over {@code schema.table}, case-sensitive. The first dot outside quotes stands between schema and table; names with
 * dots, commas, quotes or wildcards in them are written in double quotes, a quote inside as two.
 */
public record TableGlobs(List<TableGlob> globs) {
    public static final TableGlobs NONE = new TableGlobs(List.of());

    public TableGlobs {
        globs = List.copyOf(globs);
    }

    /** Every table, in every schema. */
    public static TableGlobs all() {
        try {
            return parse("*.*");
        } catch (BadValue impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static TableGlobs parse(String text) throws BadValue {
        List<TableGlob> globs = new ArrayList<>();
        StringBuilder glob = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c == ',' && !quoted) {
                globs.add(TableGlob.parse(glob.toString().strip()));
                glob.setLength(0);
            } else {
                glob.append(c);
            }
        }
        if (quoted) {
            throw new BadValue(
                    SettingTypes.quoted(text) + " has a quote without its end",
                    "close it; a quote in a name is written twice");
        }
        globs.add(TableGlob.parse(glob.toString().strip()));
        return new TableGlobs(globs);
    }

    public boolean matches(TableName name) {
        return globs.stream().anyMatch(glob -> glob.matches(name));
    }

    @Override
    public String toString() {
        return globs.stream().map(TableGlob::toString).collect(Collectors.joining(", "));
    }
}
