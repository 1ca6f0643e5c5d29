package io.tidemark.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A section of a schema-only dump cut into its entries. pg_dump heads each with a comment that tells name, type and schema; only
 * comments outside quotes count, so that a function's body cannot pose as one. Session settings and psql's own commands, which stand
 * between entries, are left out: who runs the entries sets what they need.
 */
public final class DdlScript {
    private static final String HEAD_START = "--\n-- Name: ";
    private static final Pattern HEAD = Pattern.compile(
            "--\\n-- Name: (.*); Type: ([A-Z ]+); Schema: (.*); Owner: (?:.*?)(?:; Tablespace: .*)?\\n--\\n");
    private static final Pattern SETTING = Pattern.compile("SET [a-z_]+ = .*;", Pattern.DOTALL);

    private final String dump;
    private final List<DdlEntry> entries = new ArrayList<>();
    private final StringBuilder sql = new StringBuilder();
    private String type = "";
    private String schema = "";
    private String name = "";

    private DdlScript(String dump) {
        this.dump = dump;
    }

    public static List<DdlEntry> parse(String dump) {
        DdlScript script = new DdlScript(dump);
        script.walk();
        return script.entries;
    }

    private void walk() {
        SqlScanner scanner = new SqlScanner(dump);
        Matcher head = HEAD.matcher(dump);
        int statement = 0;
        int at = 0;
        boolean between = true;
        while (at < dump.length()) {
            if (between
                    && dump.startsWith(HEAD_START, at)
                    && head.region(at, dump.length()).lookingAt()) {
                close();
                open(head);
                at = head.end();
                statement = at;
            } else if (between && dump.charAt(at) == '\\') {
                int end = dump.indexOf('\n', at);
                at = end < 0 ? dump.length() : end + 1;
                statement = at;
            } else {
                int next = scanner.next(at);
                boolean comment = between && dump.startsWith("--", at);
                boolean end = dump.charAt(at) == ';';
                if (comment || end) {
                    take(comment ? "" : dump.substring(statement, next));
                    statement = next;
                }
                between = comment || end || (between && Character.isWhitespace(dump.charAt(at)));
                at = next;
            }
        }
        take(dump.substring(statement));
        close();
    }

    private void open(Matcher head) {
        name = head.group(1);
        type = head.group(2);
        schema = head.group(3);
    }

    private void take(String statement) {
        String text = statement.strip();
        if (!text.isEmpty() && !SETTING.matcher(text).matches()) {
            sql.append(sql.isEmpty() ? text : statement);
        }
    }

    private void close() {
        if (!type.isEmpty() && !sql.isEmpty()) {
            entries.add(new DdlEntry(type, schema, name, sql.toString().strip()));
        }
        sql.setLength(0);
    }
}
