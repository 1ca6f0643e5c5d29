package io.tidemark.settings;

import io.tidemark.table.TableName;
import java.util.regex.Pattern;

/** One glob over {@code schema.table}: {@code *} stands for any characters, {@code ?} for one; what is quoted stands for itself. */
public final class TableGlob {
    private final String text;
    private final Pattern schema;
    private final Pattern table;

    private TableGlob(String text, Pattern schema, Pattern table) {
        this.text = text;
        this.schema = schema;
        this.table = table;
    }

    static TableGlob parse(String text) throws BadValue {
        int dot = separator(text);
        if (dot < 1 || dot == text.length() - 1) {
            throw new BadValue(
                    SettingTypes.quoted(text) + " does not name a schema and a table",
                    "write it like public.* or public.orders");
        }
        return new TableGlob(text, pattern(text.substring(0, dot)), pattern(text.substring(dot + 1)));
    }

    public boolean matches(TableName name) {
        return schema.matcher(name.schema()).matches()
                && table.matcher(name.name()).matches();
    }

    /** The first dot outside quotes, or -1. */
    private static int separator(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c == '.' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '"' && quoted && i + 1 < glob.length() && glob.charAt(i + 1) == '"') {
                regex.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '*' || c == '?')) {
                regex.append(c == '*' ? ".*" : ".");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    @Override
    public String toString() {
        return text;
    }
}
