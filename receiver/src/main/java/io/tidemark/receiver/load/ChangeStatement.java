package io.tidemark.receiver.load;

import io.tidemark.ddl.DdlEntry;
import io.tidemark.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a definition that differs from the one carried out is brought to what the primary has now. */
final class ChangeStatement {
    private static final Pattern LABEL = Pattern.compile("'((?:[^']|'')*)'");

    private ChangeStatement() {}

    /** Tables are changed by {@link TableChange} instead; here they only take what follows their CREATE statement. */
    static List<String> of(DdlEntry old, DdlEntry wanted) {
        return switch (wanted.type()) {
            case "TABLE", "SCHEMA", "EXTENSION" -> List.of();
            case "VIEW", "FUNCTION", "PROCEDURE", "AGGREGATE" -> List.of(orReplace(wanted));
            case "SEQUENCE" -> List.of(wanted.sql().replaceFirst("CREATE SEQUENCE", "ALTER SEQUENCE"));
            case "TYPE" -> enumLabels(old, wanted);
            case "COMMENT",
                    "DEFAULT",
                    "ACL",
                    "DEFAULT ACL",
                    "SEQUENCE OWNED BY",
                    "MATERIALIZED VIEW DATA",
                    "INDEX ATTACH" -> List.of(wanted.sql());
            default -> dropAndMake(old, wanted);
        };
    }

    private static String orReplace(DdlEntry wanted) {
        return wanted.sql().replaceFirst("CREATE (VIEW|FUNCTION|PROCEDURE|AGGREGATE)", "CREATE OR REPLACE $1");
    }

    static List<String> dropAndMake(DdlEntry old, DdlEntry wanted) {
        List<String> statements = new ArrayList<>();
        DropStatement.of(old).ifPresent(statements::add);
        statements.add(wanted.sql());
        return statements;
    }

    /**
     * Labels can be added to an enum and renamed; anything else fails by itself, since the type is in use. As many labels as before, others
     * in the same places, are taken for new names: were they not, the rows that are merged afterwards say so.
     */
    private static List<String> enumLabels(DdlEntry old, DdlEntry wanted) {
        if (!old.sql().contains(" AS ENUM (") || !wanted.sql().contains(" AS ENUM (")) {
            return dropAndMake(old, wanted);
        }
        List<String> before = labels(old.sql());
        List<String> after = labels(wanted.sql());
        String type = new TableName(wanted.schema(), wanted.name()).quoted();
        if (!after.containsAll(before)) {
            List<String> renamed = renamed(type, before, after);
            return renamed.isEmpty() ? dropAndMake(old, wanted) : renamed;
        }
        List<String> statements = new ArrayList<>();
        String previous = "";
        for (String label : after) {
            if (!before.contains(label)) {
                statements.add("ALTER TYPE " + type + " ADD VALUE IF NOT EXISTS '" + label + "'"
                        + (previous.isEmpty() ? place(before) : " AFTER '" + previous + "'"));
            }
            previous = label;
        }
        return statements;
    }

    private static List<String> renamed(String type, List<String> before, List<String> after) {
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < before.size() && before.size() == after.size(); i++) {
            String was = before.get(i);
            String is = after.get(i);
            if (!was.equals(is)) {
                if (before.contains(is) || after.contains(was)) {
                    return List.of();
                }
                statements.add("ALTER TYPE " + type + " RENAME VALUE '" + was + "' TO '" + is + "'");
            }
        }
        return statements;
    }

    private static String place(List<String> before) {
        return before.isEmpty() ? "" : " BEFORE '" + before.get(0) + "'";
    }

    private static List<String> labels(String sql) {
        List<String> labels = new ArrayList<>();
        Matcher matcher = LABEL.matcher(sql.substring(sql.indexOf(" AS ENUM (")));
        while (matcher.find()) {
            labels.add(matcher.group(1));
        }
        return labels;
    }
}
