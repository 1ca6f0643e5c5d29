package io.tidemark.sender.partial;

import io.tidemark.database.Catalogue;
import io.tidemark.sender.log.LogMessage;
import io.tidemark.sender.log.LogSource;
import io.tidemark.sender.log.TableLayout;
import org.jspecify.annotations.Nullable;

/** What the log's tables look like to the session of the present tick. */
final class Layouts {
    private @Nullable LogSource source;
    private @Nullable Catalogue catalogue;

    /** From now on that session is asked. */
    void ask(LogSource nextSource, Catalogue nextCatalogue) {
        source = nextSource;
        catalogue = nextCatalogue;
    }

    TableLayout layout(LogMessage.Relation relation) {
        if (source == null || catalogue == null) {
            throw new IllegalStateException("no session to ask about " + relation.table());
        }
        return source.layout(relation, catalogue);
    }
}
