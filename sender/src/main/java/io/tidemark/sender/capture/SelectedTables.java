package io.tidemark.sender.capture;

import io.tidemark.database.Catalogue;
import io.tidemark.database.Relation;
import io.tidemark.settings.TableSelection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Which tables the settings take, partitioned ones included; what a complete holds and what a partial may hold. */
public final class SelectedTables {
    private SelectedTables() {}

    /** Nothing is asked of other tables, so that nobody is waited for who holds one of those for himself. */
    public static Catalogue catalogue(Connection connection, TableSelection wanted) throws SQLException {
        return Catalogue.read(connection, relations -> Selection.tablesIncluded(relations, wanted));
    }

    public static List<Relation> of(Catalogue catalogue, TableSelection wanted) {
        Set<Long> taken = Selection.tablesIncluded(catalogue.relations(), wanted);
        return catalogue.relations().stream()
                .filter(Relation::isTable)
                .filter(relation -> taken.contains(relation.oid()))
                .toList();
    }
}
