package io.tidemark.sender.partial;

import io.tidemark.database.Catalogue;
import io.tidemark.database.TableInfo;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** By what a published table is known again: dropped and created anew it is another one, and so it is with other columns. */
final class PublishedTables {
    private PublishedTables() {}

    static SortedMap<String, String> definitions(Collection<TableName> tables, Catalogue catalogue) {
        Map<TableName, Long> oids = new HashMap<>();
        catalogue.relations().forEach(relation -> oids.put(relation.name(), relation.oid()));
        SortedMap<String, String> definitions = new TreeMap<>();
        for (TableName table : tables) {
            String shape = catalogue
                    .table(table)
                    .map(TableInfo::shape)
                    .map(TableShape::fingerprint)
                    .orElse("");
            definitions.put(table.toString(), oids.get(table) + " " + shape);
        }
        return definitions;
    }
}
