package io.tidemark.receiver.load;

import io.tidemark.ddl.DdlEntry;
import io.tidemark.table.TableName;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in a definition of the post-data section which tables it works on. */
final class DefinitionTarget {
    private static final String PART = "(\"(?:[^\"]|\"\")+\"|[^\\s\".(]+)";
    private static final Pattern ALTERED =
            Pattern.compile("ALTER TABLE (?:ONLY )?" + PART + "\\." + PART + "\\s.*", Pattern.DOTALL);
    private static final Pattern INDEXED = Pattern.compile(
            "CREATE (?:UNIQUE )?INDEX " + PART + " ON (?:ONLY )?" + PART + "\\." + PART + "\\s.*", Pattern.DOTALL);
    private static final Pattern REFERENCED = Pattern.compile(" REFERENCES " + PART + "\\." + PART);

    private DefinitionTarget() {}

    /** The table that a constraint or an index is on. */
    static Optional<TableName> table(DdlEntry entry) {
        Matcher altered = ALTERED.matcher(entry.sql());
        if (altered.matches()) {
            return Optional.of(name(altered, 1));
        }
        Matcher indexed = INDEXED.matcher(entry.sql());
        return indexed.matches() ? Optional.of(name(indexed, 2)) : Optional.empty();
    }

    /** The table itself and, for a foreign key, the one that it refers to. */
    static Set<Object> tables(DdlEntry entry) {
        Set<Object> tables = new LinkedHashSet<>();
        table(entry).ifPresent(tables::add);
        Matcher referenced = REFERENCED.matcher(entry.sql());
        if (entry.type().equals("FK CONSTRAINT") && referenced.find()) {
            tables.add(name(referenced, 1));
        }
        return tables;
    }

    private static TableName name(Matcher matcher, int group) {
        return new TableName(plain(matcher.group(group)), plain(matcher.group(group + 1)));
    }

    private static String plain(String identifier) {
        return identifier.startsWith("\"")
                ? identifier.substring(1, identifier.length() - 1).replace("\"\"", "\"")
                : identifier;
    }
}
