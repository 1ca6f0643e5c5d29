package io.tidemark.receiver.load;

import io.tidemark.ddl.DdlEntry;
import io.tidemark.table.TableName;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a definition of pg_dump is taken back. Names are taken from its statement where the tag is ambiguous. Never CASCADE: what the
 * receiver's owner built upon it must not vanish.
 */
final class DropStatement {
    private static final String NAME =
            "((?:\"(?:[^\"]|\"\")+\"|[^\\s\".(]+)(?:\\.(?:\"(?:[^\"]|\"\")+\"|[^\\s\".(]+))?)";
    private static final Pattern CONSTRAINT =
            Pattern.compile("ALTER TABLE (?:ONLY )?" + NAME + "\\s+ADD CONSTRAINT " + NAME + " .*", Pattern.DOTALL);
    private static final Pattern TRIGGER = Pattern.compile(
            "CREATE (?:CONSTRAINT )?TRIGGER " + NAME + " (?:[^\"]|\"[^\"]*\")*? ON " + NAME + " .*", Pattern.DOTALL);
    private static final Pattern POLICY =
            Pattern.compile("CREATE POLICY " + NAME + " ON " + NAME + "[ ;].*", Pattern.DOTALL);
    private static final Pattern RULE =
            Pattern.compile("CREATE RULE " + NAME + " AS\\s+ON \\w+ TO " + NAME + "[ \\n].*", Pattern.DOTALL);
    private static final Pattern ROW_SECURITY =
            Pattern.compile("ALTER TABLE (?:ONLY )?" + NAME + " ENABLE ROW LEVEL SECURITY;", Pattern.DOTALL);
    private static final Pattern ATTACH =
            Pattern.compile("ALTER TABLE (?:ONLY )?" + NAME + " ATTACH PARTITION " + NAME + " .*", Pattern.DOTALL);
    private static final Pattern DEFAULT = Pattern.compile(
            "ALTER TABLE (?:ONLY )?" + NAME + " ALTER COLUMN " + NAME + " SET DEFAULT .*", Pattern.DOTALL);
    private static final Pattern COMMENT = Pattern.compile(
            "(COMMENT ON (?!EXTENSION )(?:\"(?:[^\"]|\"\")*\"|[^\"])*?) IS E?'.*';\\s*", Pattern.DOTALL);
    private static final Map<String, String> RELATIONS = Map.of(
            "TABLE",
            "TABLE",
            "VIEW",
            "VIEW",
            "MATERIALIZED VIEW",
            "MATERIALIZED VIEW",
            "SEQUENCE",
            "SEQUENCE",
            "FOREIGN TABLE",
            "FOREIGN TABLE",
            "INDEX",
            "INDEX",
            "TYPE",
            "TYPE",
            "DOMAIN",
            "DOMAIN",
            "STATISTICS",
            "STATISTICS",
            "COLLATION",
            "COLLATION");

    private DropStatement() {}

    /** Empty where nothing has to be done, e.g. for an index that leaves its table's. */
    static Optional<String> of(DdlEntry entry) {
        String relation = RELATIONS.get(entry.type());
        if (relation != null) {
            String name = new TableName(entry.schema(), entry.name()).quoted();
            return Optional.of("DROP " + relation + " IF EXISTS " + name);
        }
        return switch (entry.type()) {
            case "CONSTRAINT", "FK CONSTRAINT", "CHECK CONSTRAINT" ->
                found(CONSTRAINT, entry, "ALTER TABLE IF EXISTS %1$s DROP CONSTRAINT IF EXISTS %2$s");
            case "TRIGGER" -> found(TRIGGER, entry, "DROP TRIGGER IF EXISTS %1$s ON %2$s");
            case "POLICY" -> found(POLICY, entry, "DROP POLICY IF EXISTS %1$s ON %2$s");
            case "RULE" -> found(RULE, entry, "DROP RULE IF EXISTS %1$s ON %2$s");
            case "ROW SECURITY" -> found(ROW_SECURITY, entry, "ALTER TABLE IF EXISTS %1$s DISABLE ROW LEVEL SECURITY");
            case "TABLE ATTACH" -> found(ATTACH, entry, "ALTER TABLE IF EXISTS %1$s DETACH PARTITION %2$s");
            case "DEFAULT" -> found(DEFAULT, entry, "ALTER TABLE IF EXISTS %1$s ALTER COLUMN %2$s DROP DEFAULT");
            case "FUNCTION", "PROCEDURE", "AGGREGATE" -> Optional.of(routine(entry));
            case "COMMENT" -> found(COMMENT, entry, "%1$s IS NULL");
            case "SCHEMA" -> Optional.of("DROP SCHEMA IF EXISTS " + TableName.quote(entry.name()));
            default -> Optional.empty();
        };
    }

    private static String routine(DdlEntry entry) {
        int arguments = entry.name().indexOf('(');
        return "DROP " + entry.type() + " IF EXISTS "
                + new TableName(entry.schema(), entry.name().substring(0, arguments)).quoted()
                + entry.name().substring(arguments);
    }

    private static Optional<String> found(Pattern pattern, DdlEntry entry, String template) {
        Matcher matcher = pattern.matcher(entry.sql());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                matcher.groupCount() == 1
                        ? template.formatted(matcher.group(1))
                        : template.formatted(matcher.group(1), matcher.group(2)));
    }
}
