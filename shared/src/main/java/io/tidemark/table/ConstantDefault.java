package io.tidemark.table;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Defaults that give every row the same value: a literal, as {@code pg_get_expr} prints it, and casts of it. */
public final class ConstantDefault {
    private static final Pattern CONSTANT = Pattern.compile(
            "(?<literal>NULL|true|false|\\(?-?[0-9]+(?:\\.[0-9]+)?\\)?|E?'(?:[^'\\\\]|'')*')(?:::[^'()]+(?:\\([0-9, ]+\\))?[^'()]*)*");

    private ConstantDefault() {}

    public static boolean is(String expression) {
        return CONSTANT.matcher(expression).matches();
    }

    /** The literal without its casts, harmless as a part of a statement; empty where the default is no constant. */
    public static Optional<String> literal(String expression) {
        Matcher matcher = CONSTANT.matcher(expression);
        return matcher.matches() ? Optional.of(matcher.group("literal")) : Optional.empty();
    }
}
