package io.tidemark.sender.log;

import io.tidemark.database.Catalogue;
import io.tidemark.sender.capture.CatalogueMark;
import io.tidemark.sender.capture.SelectedTables;
import io.tidemark.settings.TableSelection;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalogue again only where a definition has changed: that costs the server less, and a partial does not wait for who holds a
 * table for himself and has not committed yet. For one database, and for one thread at a time.
 */
public final class KnownCatalogue {
    private @Nullable Read known;

    private record Read(String mark, TableSelection wanted, Catalogue catalogue) {}

    Catalogue read(Connection connection, TableSelection wanted) throws SQLException {
        // Before what it stands for: what changes in between is read again the next time.
        String mark = CatalogueMark.read(connection);
        Read before = known;
        if (before != null && before.mark().equals(mark) && before.wanted().equals(wanted)) {
            return before.catalogue();
        }
        Catalogue catalogue = SelectedTables.catalogue(connection, wanted);
        known = new Read(mark, wanted, catalogue);
        return catalogue;
    }
}
