package io.tidemark.sender.partial;

import io.tidemark.bundle.Manifest.LeftOut;
import io.tidemark.sender.log.Publication;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of the publication, and of what is left out, once, and again when it has changed. */
final class Notices {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    private List<LeftOut> excluded = List.of();
    private List<String> todo = List.of();

    void tell(Publication.Standing publication) {
        excluded(publication.excluded());
        if (!publication.todo().equals(todo)) {
            todo = publication.todo();
            if (!todo.isEmpty()) {
                LOG.warn(
                        "the role may not change the publication; an administrator has to run, once:\n    {};",
                        String.join(";\n    ", todo));
            }
        }
    }

    void excluded(List<LeftOut> tables) {
        if (!tables.equals(excluded)) {
            excluded = List.copyOf(tables);
            excluded.forEach(table -> LOG.warn("{} travels with completes only: {}", table.object(), table.reason()));
        }
    }
}
