package io.tidemark.sender.capture;

import io.tidemark.bundle.Manifest.LeftOut;
import io.tidemark.database.Relation;
import io.tidemark.ddl.DdlEntry;
import io.tidemark.ddl.DdlScript;
import io.tidemark.sender.capture.SelectionReader.Dependent;
import io.tidemark.table.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The schema of the included relations, in two sections. Objects that cannot exist without a relation that is left out are left out as
 * well, so that a filtered complete loads.
 */
record SchemaDump(List<DdlEntry> preData, List<DdlEntry> postData, List<LeftOut> leftOut) {
    /** Event triggers act on the whole database and would fire on the replica's own loading. */
    private static final String EVENT_TRIGGER = "EVENT TRIGGER";

    /**
     * What to dump.
     *
     * @param snapshot exported, and held while this is taken
     */
    record Request(
            PgDump pgDump,
            String snapshot,
            Selection selection,
            List<Dependent> dependents,
            List<String> unneededSchemas) {
        SchemaDump take() {
            Set<TableName> excluded =
                    selection.excluded().stream().map(Relation::name).collect(Collectors.toSet());
            dependents.stream()
                    .filter(dependent -> dependent.what().equals("view"))
                    .map(Dependent::name)
                    .forEach(excluded::add);
            List<TableName> names = excluded.stream().sorted().toList();
            Set<String> dropped = dropped(dependents);
            List<LeftOut> leftOut = new ArrayList<>(selection.leftOut());
            dependents.forEach(dependent -> leftOut.add(dependent.leftOut()));
            List<DdlEntry> pre = entries(pgDump.run("pre-data", snapshot, names, unneededSchemas), dropped, leftOut);
            List<DdlEntry> post = entries(pgDump.run("post-data", snapshot, names, unneededSchemas), dropped, leftOut);
            return new SchemaDump(pre, post, leftOut);
        }
    }

    /** Keys {@code type schema name} of the entries that fall away, as pg_dump tags them. */
    private static Set<String> dropped(List<Dependent> dependents) {
        Set<String> keys = new HashSet<>();
        for (Dependent dependent : dependents) {
            String schema = dependent.name().schema();
            String name = dependent.name().name();
            switch (dependent.what()) {
                case "fk" -> {
                    keys.add(key("FK CONSTRAINT", schema, name + " " + dependent.extra()));
                    keys.add(key("COMMENT", schema, "CONSTRAINT " + dependent.extra() + " ON " + name));
                }
                case "policy", "rule", "trigger" -> {
                    String type = dependent.what().toUpperCase(Locale.ROOT);
                    keys.add(key(type, schema, name + " " + dependent.extra()));
                    keys.add(key("COMMENT", schema, type + " " + dependent.extra() + " ON " + name));
                }
                case "view" -> {}
                default ->
                    Stream.of("FUNCTION", "PROCEDURE", "AGGREGATE").forEach(type -> {
                        keys.add(key(type, schema, name));
                        keys.add(key("COMMENT", schema, type + " " + name));
                        keys.add(key("ACL", schema, type + " " + name));
                    });
            }
        }
        return keys;
    }

    private static List<DdlEntry> entries(String dump, Set<String> dropped, List<LeftOut> leftOut) {
        List<DdlEntry> kept = new ArrayList<>();
        for (DdlEntry entry : DdlScript.parse(dump)) {
            if (entry.type().equals(EVENT_TRIGGER)) {
                leftOut.add(new LeftOut(entry.label(), "event triggers do not travel"));
            } else if (!dropped.contains(key(entry.type(), entry.schema(), entry.name()))) {
                kept.add(entry);
            }
        }
        return kept;
    }

    private static String key(String type, String schema, String name) {
        return type + "\n" + schema + "\n" + name.replace('\n', ' ');
    }

    String preText() {
        return text(preData);
    }

    String postText() {
        return text(postData);
    }

    private static String text(List<DdlEntry> entries) {
        return entries.stream().map(DdlEntry::text).collect(Collectors.joining());
    }
}
