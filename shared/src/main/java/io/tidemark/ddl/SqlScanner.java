package io.tidemark.ddl;

/**
 * Walks over SQL text and knows what is inside quotes: string constants with and without escapes, quoted identifiers, dollar quotes, and
 * comments (lexical structure as in the PostgreSQL manual, chapter 4.1).
 */
final class SqlScanner {
    private final String sql;

    SqlScanner(String sql) {
        this.sql = sql;
    }

    /** The offset just behind the token that begins at {@code at}: a whole quoted thing or comment, or one character. */
    int next(int at) {
        char c = sql.charAt(at);
        char following = at + 1 < sql.length() ? sql.charAt(at + 1) : '\0';
        if (c == '\'') {
            return quoted(at, '\'', at > 0 && escapes(at - 1));
        }
        if (c == '"') {
            return quoted(at, '"', false);
        }
        if (c == '-' && following == '-') {
            int end = sql.indexOf('\n', at);
            return end < 0 ? sql.length() : end + 1;
        }
        if (c == '/' && following == '*') {
            return comment(at + 2);
        }
        return c == '$' ? dollar(at) : at + 1;
    }

    private boolean escapes(int at) {
        char c = sql.charAt(at);
        return (c == 'E' || c == 'e') && (at == 0 || !word(sql.charAt(at - 1)));
    }

    private int quoted(int at, char quote, boolean escapes) {
        int i = at + 1;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (escapes && c == '\\') {
                i += 2;
            } else if (c != quote) {
                i++;
            } else if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
                i += 2;
            } else {
                return i + 1;
            }
        }
        return sql.length();
    }

    private int comment(int from) {
        int depth = 1;
        int i = from;
        while (i < sql.length() && depth > 0) {
            if (sql.startsWith("/*", i)) {
                depth++;
                i += 2;
            } else if (sql.startsWith("*/", i)) {
                depth--;
                i += 2;
            } else {
                i++;
            }
        }
        return i;
    }

    private int dollar(int at) {
        if (at > 0 && word(sql.charAt(at - 1))) {
            return at + 1;
        }
        int end = at + 1;
        while (end < sql.length() && word(sql.charAt(end))) {
            end++;
        }
        if (end >= sql.length() || sql.charAt(end) != '$' || Character.isDigit(sql.charAt(at + 1))) {
            return at + 1;
        }
        String tag = sql.substring(at, end + 1);
        int close = sql.indexOf(tag, end + 1);
        return close < 0 ? sql.length() : close + tag.length();
    }

    private static boolean word(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c >= 128;
    }
}
