package io.tidemark.receiver.inbox;

import io.tidemark.bundle.Manifest;
import io.tidemark.change.ChangeHeader;
import io.tidemark.change.ChangeReader;
import io.tidemark.change.RowChange;
import io.tidemark.failure.DamagedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The changes of one table, held to the manifest while they are read: the header at once, the counts at the end. */
public final class ChangeFile implements Closeable {
    private final Manifest.Changes listed;
    private final ChangeReader reader;
    private long inserted;
    private long updated;
    private long deleted;

    private ChangeFile(Manifest.Changes listed, ChangeReader reader) {
        this.listed = listed;
        this.reader = reader;
    }

    /**
     * @param folder of the unpacked bundle
     * @throws DamagedException where it is not the file that the manifest describes
     */
    public static ChangeFile open(Path folder, Manifest.Changes listed) throws IOException {
        Path file = folder.resolve(listed.entry());
        if (!Files.isRegularFile(file)) {
            throw new DamagedException("entry " + listed.entry() + " is missing");
        }
        ChangeReader reader = ChangeReader.open(file);
        ChangeHeader header = reader.header();
        if (!header.equals(new ChangeHeader(listed.table(), listed.columns(), listed.key(), listed.truncated()))) {
            reader.close();
            throw new DamagedException(listed.entry() + ": its first line is not what the manifest says");
        }
        return new ChangeFile(listed, reader);
    }

    public ChangeHeader header() {
        return reader.header();
    }

    /**
     * The next change; null after the last one.
     *
     * @throws DamagedException where a line is not as specified, or the lines are not as many as the manifest says
     */
    public @Nullable RowChange next() throws IOException {
        RowChange change = reader.next();
        if (change == null) {
            end();
        } else {
            count(change.op());
        }
        return change;
    }

    /** Checks what is left. */
    void readAll() throws IOException {
        for (RowChange change = next(); change != null; change = next()) {
            Objects.requireNonNull(change);
        }
    }

    private void count(RowChange.Op op) {
        switch (op) {
            case INSERT -> inserted++;
            case UPDATE -> updated++;
            case DELETE -> deleted++;
        }
    }

    private void end() throws DamagedException {
        if (inserted != listed.inserted() || updated != listed.updated() || deleted != listed.deleted()) {
            throw new DamagedException(listed.entry() + ": " + counts(inserted, updated, deleted)
                    + ", the manifest says " + counts(listed.inserted(), listed.updated(), listed.deleted()));
        }
    }

    private static String counts(long inserted, long updated, long deleted) {
        return inserted + " inserts, " + updated + " updates and " + deleted + " deletes";
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
