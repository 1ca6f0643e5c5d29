package io.tidemark.sender.media;

import io.tidemark.bundle.MediaPath;
import io.tidemark.sender.state.MediaCatalogue;
import io.tidemark.sender.state.MediaFile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Goes through the catalogue beside the walk, which has the same order, and writes what was learnt a thousand at a time. */
final class CatalogueJoin {
    static final int BATCH = 1000;

    private final MediaCatalogue catalogue;
    private final boolean ask;
    private final Gone gone;
    private final Deque<MediaFile> page = new ArrayDeque<>();
    private final List<MediaCatalogue.Note> notes = new ArrayList<>();
    private String read = "";
    private boolean atEnd;

    /** Is told of files in the catalogue that the walk has not met, in order. */
    @FunctionalInterface
    interface Gone {
        void gone(MediaFile file) throws IOException;
    }

    /** @param ask whether it matters if the receiver holds the files' contents */
    CatalogueJoin(MediaCatalogue catalogue, boolean ask, Gone gone) {
        this.catalogue = catalogue;
        this.ask = ask;
        this.gone = gone;
    }

    /** @param path higher than any asked for before */
    Optional<MediaFile> find(String path) throws IOException {
        while (more()) {
            int order = MediaPath.compare(page.element().path(), path);
            if (order > 0) {
                return Optional.empty();
            }
            MediaFile file = page.remove();
            if (order == 0) {
                return Optional.of(file);
            }
            gone.gone(file);
        }
        return Optional.empty();
    }

    private boolean more() {
        if (page.isEmpty() && !atEnd) {
            page.addAll(catalogue.after(read, BATCH, ask));
            atEnd = page.size() < BATCH;
            if (!page.isEmpty()) {
                read = page.getLast().path();
            }
        }
        return !page.isEmpty();
    }

    void note(MediaCatalogue.Note note) {
        notes.add(note);
        if (notes.size() >= BATCH) {
            write();
        }
    }

    private void write() {
        if (!notes.isEmpty()) {
            catalogue.note(notes);
            notes.clear();
        }
    }

    /** After the last file of the walk. */
    void finish() throws IOException {
        while (more()) {
            gone.gone(page.remove());
        }
        write();
    }
}
