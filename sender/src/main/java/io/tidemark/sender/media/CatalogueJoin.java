package io.tidemark.sender.media;

import io.tidemark.bundle.MediaPath;
import io.tidemark.sender.state.MediaCatalogue;
import io.tidemark.sender.state.MediaFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Goes through the catalogue beside the walk, which has the same order, and writes what changed a thousand at a time. */
final class CatalogueJoin {
    private static final int BATCH = 1000;

    private final MediaCatalogue catalogue;
    private final Deque<MediaFile> page = new ArrayDeque<>();
    private final List<MediaFile> put = new ArrayList<>();
    private final List<String> remove = new ArrayList<>();
    private String read = "";
    private boolean atEnd;

    CatalogueJoin(MediaCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * The file as last read. Entries before it are of files that are gone: they are removed.
     *
     * @param path higher than any asked for before
     */
    Optional<MediaFile> find(String path) {
        while (more()) {
            int order = MediaPath.compare(page.element().path(), path);
            if (order > 0) {
                return Optional.empty();
            }
            MediaFile file = page.remove();
            if (order == 0) {
                return Optional.of(file);
            }
            remove(file.path());
        }
        return Optional.empty();
    }

    private boolean more() {
        if (page.isEmpty() && !atEnd) {
            page.addAll(catalogue.after(read, BATCH));
            atEnd = page.size() < BATCH;
            if (!page.isEmpty()) {
                read = page.getLast().path();
            }
        }
        return !page.isEmpty();
    }

    void put(MediaFile file) {
        put.add(file);
        writeBatch();
    }

    void remove(String path) {
        remove.add(path);
        writeBatch();
    }

    private void writeBatch() {
        if (put.size() + remove.size() >= BATCH) {
            write();
        }
    }

    private void write() {
        if (!put.isEmpty() || !remove.isEmpty()) {
            catalogue.change(put, remove);
            put.clear();
            remove.clear();
        }
    }

    /** After the last file of the walk. */
    void finish() {
        while (more()) {
            remove(page.remove().path());
        }
        write();
    }
}
