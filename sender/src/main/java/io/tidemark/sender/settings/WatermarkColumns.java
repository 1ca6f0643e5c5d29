package io.tidemark.sender.settings;

import io.tidemark.settings.BadValue;
import io.tidemark.settings.TableGlobs;
import io.tidemark.table.TableName;
import java.util.ArrayList;
import java.util.List;

/** Comma-separated {@code schema.table:column}, the table a glob; of those that match a table the first whose column it has counts. */
public record WatermarkColumns(List<Rule> rules) {
    public static final WatermarkColumns NONE = new WatermarkColumns(List.of());

    public WatermarkColumns {
        rules = List.copyOf(rules);
    }

    /** Which column tables follow. */
    public record Rule(TableGlobs tables, String column) {}

    static WatermarkColumns parse(String text) throws BadValue {
        List<Rule> rules = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        int colon = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ',' : text.charAt(i);
            quoted ^= c == '"';
            if (c == ':' && !quoted) {
                colon = i;
            } else if (c == ',' && (!quoted || i == text.length())) {
                rules.add(rule(text.substring(from, i), colon - from));
                from = i + 1;
                colon = -1;
            }
        }
        return new WatermarkColumns(rules);
    }

    private static Rule rule(String text, int colon) throws BadValue {
        String column = colon < 1 ? "" : unquoted(text.substring(colon + 1).strip());
        if (column.isEmpty()) {
            throw new BadValue(
                    '"' + text.strip() + "\" does not name a table and a column",
                    "write it like public.*:updated_at or public.events:id");
        }
        return new Rule(TableGlobs.parse(text.substring(0, colon)), column);
    }

    private static String unquoted(String name) {
        boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
        return quoted ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** Columns that the table may follow, the first that it has. */
    public List<String> of(TableName table) {
        return rules.stream()
                .filter(rule -> rule.tables().matches(table))
                .map(Rule::column)
                .toList();
    }
}
