package io.tidemark.sender.capture;

import io.tidemark.check.Finding;
import io.tidemark.database.Catalogue;
import io.tidemark.database.Relation;
import io.tidemark.database.SqlResource;
import io.tidemark.settings.TableGlob;
import io.tidemark.settings.TableSelection;
import io.tidemark.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which tables travel, which may be read, and which have no key. */
final class TableCheck {
    private static final int MOST_NAMED = 20;

    private final Connection connection;
    private final Catalogue catalogue;
    private final TableSelection selection;
    private final List<Finding> findings = new ArrayList<>();

    TableCheck(Connection connection, Catalogue catalogue, TableSelection selection) {
        this.connection = connection;
        this.catalogue = catalogue;
        this.selection = selection;
    }

    List<Finding> findings() throws SQLException {
        List<Relation> tables = relations("rp");
        List<Relation> travelling = tables.stream().filter(this::travels).toList();
        if (travelling.isEmpty()) {
            findings.add(Finding.problem(
                    "tables.include", "no table is included", "mend the globs; they are case-sensitive"));
        } else {
            findings.add(Finding.ok(
                    "tables.include", count(travelling.size(), "table") + " of " + tables.size() + " travel"));
        }
        List<TableName> names = tables.stream().map(Relation::name).toList();
        unmatched("tables.include", selection.include().globs(), names);
        unmatched("tables.exclude", selection.exclude().globs(), names);
        leftOut(tables);
        withoutKey(travelling);
        rights(travelling);
        return findings;
    }

    private List<Relation> relations(String kinds) {
        return catalogue.relations().stream()
                .filter(relation -> kinds.indexOf(relation.kind()) >= 0)
                .toList();
    }

    /** A partition follows its partitioned table, a sequence the table that owns it. */
    private boolean travels(Relation relation) {
        Map<Long, Relation> byOid = new HashMap<>();
        catalogue.relations().forEach(each -> byOid.put(each.oid(), each));
        Relation root = relation;
        Relation above = byOid.get(root.kind() == 'S' ? root.owner() : root.parent());
        while (above != null) {
            root = above;
            above = byOid.get(root.parent());
        }
        return selection.matches(root.name());
    }

    private void unmatched(String key, List<TableGlob> globs, Collection<TableName> names) {
        for (TableGlob glob : globs) {
            if (names.stream().noneMatch(glob::matches)) {
                findings.add(Finding.note(
                        key, glob + " matches no table", "mend it, or remove it; globs are case-sensitive"));
            }
        }
    }

    private void leftOut(List<Relation> tables) {
        List<TableName> names = tables.stream()
                .filter(table -> !travels(table) && table.parent() == 0)
                .map(Relation::name)
                .toList();
        if (!names.isEmpty()) {
            findings.add(Finding.note(
                    "tables.exclude", "left out by the globs: " + list(names), "nothing, if that is meant"));
        }
    }

    private void withoutKey(List<Relation> travelling) {
        List<TableName> names = travelling.stream()
                .filter(table -> table.hasRows() || table.kind() == 'p')
                .filter(table -> table.parent() == 0)
                .map(Relation::name)
                .filter(name -> catalogue
                        .table(name)
                        .filter(info -> info.shape().key().isEmpty())
                        .isPresent())
                .toList();
        if (!names.isEmpty()) {
            findings.add(Finding.note(
                    "tables.include",
                    count(names.size(), "table") + " without a key: " + list(names),
                    "they travel with completes only; give them a primary key to have them in partials"));
        }
    }

    private void rights(List<Relation> travelling) throws SQLException {
        List<Relation> sequences = relations("S").stream().filter(this::travels).toList();
        List<Long> oids = new ArrayList<>();
        travelling.forEach(table -> oids.add(table.oid()));
        sequences.forEach(sequence -> oids.add(sequence.oid()));
        List<TableName> hidden = new ArrayList<>();
        List<TableName> unreadable = new ArrayList<>();
        List<TableName> filtered = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement(SqlResource.read(TableCheck.class, "table-rights.sql"))) {
            query.setArray(1, connection.createArrayOf("int8", oids.toArray()));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    TableName name = new TableName(rows.getString("schema"), rows.getString("name"));
                    if (!rows.getBoolean("usage")) {
                        hidden.add(name);
                    } else if (!rows.getBoolean("readable")) {
                        unreadable.add(name);
                    } else if (rows.getBoolean("filtered")) {
                        filtered.add(name);
                    }
                }
            }
        }
        refuse(hidden, "USAGE is missing on the schemas of", "GRANT USAGE ON SCHEMA … TO the role");
        refuse(unreadable, "SELECT is missing on", "GRANT SELECT on them, or GRANT pg_read_all_data, to the role");
        refuse(filtered, "row-level security hides rows of", "ALTER ROLE … BYPASSRLS, or exclude them");
        if (hidden.isEmpty() && unreadable.isEmpty() && filtered.isEmpty() && !oids.isEmpty()) {
            findings.add(
                    Finding.ok("database.user", "may read all of them, and " + count(sequences.size(), "sequence")));
        }
    }

    private void refuse(List<TableName> names, String what, String remedy) {
        if (!names.isEmpty()) {
            findings.add(Finding.problem("database.user", what + " " + list(names), remedy));
        }
    }

    private static String list(List<TableName> names) {
        String text = names.stream().limit(MOST_NAMED).map(TableName::toString).collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMED ? text : text + " and " + (names.size() - MOST_NAMED) + " more";
    }

    private static String count(int count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }
}
