package io.tidemark.receiver.load;

import io.tidemark.ddl.DdlEntry;
import io.tidemark.table.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How tables come under others and leave them, between one complete and the next. */
final class Inheritance {
    private static final Pattern PARENTS = Pattern.compile("\\)\\nINHERITS \\((.*)\\)");
    private static final Pattern NAME =
            Pattern.compile("(?:\"(?:[^\"]|\"\")+\"|[^\\s\".,(]+)\\.(?:\"(?:[^\"]|\"\")+\"|[^\\s\".,(]+)");

    private Inheritance() {}

    /** Tables that are under others in the replica and not, or elsewhere, in what is wanted. */
    static Set<TableName> leaving(DefinitionPlan plan) {
        Set<TableName> leaving = new HashSet<>();
        for (Definition gone : plan.gone()) {
            if (gone.entry().type().equals("TABLE ATTACH")) {
                leaving.add(table(gone.entry()));
            }
        }
        for (Map.Entry<Definition, Definition> changed : plan.changed().entrySet()) {
            if (changed.getKey().entry().type().equals("TABLE ATTACH")
                    || !ended(changed.getKey(), changed.getValue()).isEmpty()) {
                leaving.add(table(changed.getKey().entry()));
            }
        }
        return leaving;
    }

    /** Statements that take a table away from the parents that it has no more. */
    static List<String> ended(Definition old, Definition wanted) {
        return statements(" NO INHERIT ", old, wanted);
    }

    /** Statements that put a table under its new parents. */
    static List<String> begun(Definition old, Definition wanted) {
        return statements(" INHERIT ", wanted, old);
    }

    private static List<String> statements(String verb, Definition with, Definition without) {
        List<String> statements = new ArrayList<>();
        if (with.entry().type().equals("TABLE")) {
            List<String> parents = new ArrayList<>(parents(with.entry()));
            parents.removeAll(parents(without.entry()));
            String alter = "ALTER TABLE ONLY " + table(with.entry()).quoted();
            parents.forEach(parent -> statements.add(alter + verb + parent));
        }
        return statements;
    }

    /** As the dump writes them. */
    private static List<String> parents(DdlEntry table) {
        Matcher clause = PARENTS.matcher(table.sql());
        return clause.find()
                ? NAME.matcher(clause.group(1))
                        .results()
                        .map(name -> name.group())
                        .toList()
                : List.of();
    }

    private static TableName table(DdlEntry entry) {
        return new TableName(entry.schema(), entry.name());
    }
}
