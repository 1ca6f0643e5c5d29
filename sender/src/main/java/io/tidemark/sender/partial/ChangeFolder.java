package io.tidemark.sender.partial;

import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Manifest;
import io.tidemark.change.ChangeHeader;
import io.tidemark.change.ChangeWriter;
import io.tidemark.table.TableShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The change files of one partial. */
final class ChangeFolder {
    private final Path folder;
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final List<Manifest.Changes> changes = new ArrayList<>();
    private int begun;

    ChangeFolder(Path folder) {
        this.folder = folder;
    }

    /** A new file's place. */
    Path next() {
        return folder.resolve("changes-" + begun++ + ".jsonl.zst");
    }

    /** Takes a file into the partial, unless it says nothing. */
    void keep(Path file, ChangeHeader header, Optional<TableShape> shape, ChangeWriter written) throws IOException {
        if (written.rows() == 0 && !header.truncated()) {
            Files.delete(file);
        } else {
            add(file, header, shape, written);
        }
    }

    /** The same of a file whose columns are what it says, with or without rows. */
    void add(Path file, ChangeHeader header, Optional<TableShape> shape, ChangeWriter written) {
        Manifest.Changes made = new Manifest.Changes(
                header.table(),
                EntryName.changes(header.table(), files.size(), files::containsKey),
                header.columns(),
                header.key(),
                shape.orElse(null),
                header.truncated(),
                written.inserted(),
                written.updated(),
                written.deleted());
        files.put(made.entry(), file);
        changes.add(made);
    }

    /** Entries of the volume and what holds them. */
    Map<String, Path> files() {
        return files;
    }

    List<Manifest.Changes> changes() {
        return changes;
    }

    long rows() {
        return changes.stream().mapToLong(Manifest.Changes::rows).sum();
    }
}
