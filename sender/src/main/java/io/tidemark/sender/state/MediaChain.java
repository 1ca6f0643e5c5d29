package io.tidemark.sender.state;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.MediaDelta;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.position.Lsn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the next partial is going to say of media. It is pending until the partial is whole, and moves with the chain in one transaction. Partials
 * begin to speak of media when a complete has looked at the folder, since that complete lists what was there then.
 */
public final class MediaChain {
    private static final String BASE = "media.base";
    private static final String CUT = "media.cut";
    private static final String SAY =
            "INSERT OR REPLACE INTO media_pending (path, blob, size, modified) VALUES (?, ?, ?, ?)";
    private static final String GONE = "INSERT INTO media_gone (path, first, last) VALUES (?1, ?2, ?2)"
            + " ON CONFLICT (path) DO UPDATE SET first = CASE WHEN last = ?2 - 1 THEN first ELSE ?2 END, last = ?2";
    private static final String LOST =
            "SELECT count(*) FROM media_gone g JOIN media m ON m.path = g.path WHERE g.last = ?1"
                    + " AND CASE WHEN m.blob <> x'' THEN m.blob ELSE coalesce(m.said_blob, x'') END"
                    + " NOT IN (SELECT blob FROM media_pending WHERE blob IS NOT NULL"
                    + " UNION SELECT o.blob FROM media o WHERE o.blob <> x''"
                    + " AND NOT EXISTS (SELECT 1 FROM media_gone also WHERE also.path = o.path AND also.last = ?1))";
    private static final String PENDING = "SELECT p.path, p.blob, p.size, p.modified, coalesce(m.said, 0)"
            + " FROM media_pending p LEFT JOIN media m ON m.path = p.path WHERE p.path > ? ORDER BY p.path LIMIT ?";
    private static final String SETTLE_THERE = "INSERT INTO media (path, size, modified, inode, blob, said, said_blob,"
            + " said_size, said_modified) SELECT path, size, 0, -1, x'', 1, blob, size, modified FROM media_pending"
            + " WHERE blob IS NOT NULL ON CONFLICT (path) DO UPDATE SET said = 1, said_blob = excluded.said_blob,"
            + " said_size = excluded.said_size, said_modified = excluded.said_modified,"
            + " unsure = CASE WHEN unsure >= ?1 THEN unsure ELSE 0 END";
    private static final String SETTLE_GONE = "UPDATE media SET said = 0, inode = -1,"
            + " unsure = CASE WHEN unsure >= ?1 THEN unsure ELSE 0 END"
            + " WHERE path IN (SELECT path FROM media_pending WHERE blob IS NULL)";
    private static final String SETTLED = "DELETE FROM media WHERE said = 0 AND unsure = 0"
            + " AND path IN (SELECT path FROM media_pending WHERE blob IS NULL)";

    private final StateDatabase database;
    private final Notes notes;

    MediaChain(StateDatabase database, Notes notes) {
        this.database = database;
        this.notes = notes;
    }

    /**
     * A complete begins to look at the folder.
     *
     * @param cut where it was cut: partials that end there or before say nothing of media any more
     * @return the highest sequence given out up to now: its list is younger than what partials up to it say
     */
    public long begin(Lsn cut) {
        return database.write(() -> {
            notes.put(CUT, cut.toString());
            return notes.number(Notes.SEQUENCE);
        });
    }

    /** Where the last complete was cut that has looked at the folder. */
    public Optional<Lsn> cut() {
        return database.read(() -> notes.get(CUT).map(Lsn::parse));
    }

    /** All files are in the hands of a complete: partials tell what becomes different from now on. */
    public void based() {
        database.write(() -> {
            notes.put(BASE, notes.get(BASE).orElse("begun"));
            return true;
        });
    }

    /** That complete is sealed. */
    public void stand() {
        database.write(() -> {
            notes.put(BASE, "stands");
            return true;
        });
    }

    public boolean isBased() {
        return database.read(() -> notes.get(BASE).isPresent());
    }

    public boolean stands() {
        return database.read(() -> notes.get(BASE).equals(Optional.of("stands")));
    }

    /** There is no media folder any more. */
    public void leave() {
        database.write(() -> {
            notes.remove(BASE);
            database.update("UPDATE media SET said = 0, unsure = 0");
            return true;
        });
    }

    public void say(Collection<MediaDelta> lines) {
        database.write(() -> {
            for (MediaDelta line : lines) {
                Object path = MediaCatalogue.bytes(line.path());
                Optional<MediaRecord> file = line.file();
                database.update(
                        SAY,
                        path,
                        file.map(MediaRecord::blob).map(BlobId::bytes).orElse(null),
                        file.map(MediaRecord::size).orElse(0L),
                        file.map(MediaRecord::modified).orElse(0L));
            }
            return true;
        });
    }

    /** Paths that were said to be there and are not, seen on this look at the folder; looks are numbered by who looks, without a gap. */
    public void gone(Collection<String> paths, long look) {
        database.read(() -> {
            for (String path : paths) {
                database.update(GONE, MediaCatalogue.bytes(path), look);
            }
            return true;
        });
    }

    /**
     * How many files are gone.
     *
     * @param ripe those that were gone at the look before this already, so that what was captured since does not need them
     */
    public record Gone(long all, long ripe) {}

    public Gone gone(long look) {
        return database.read(() -> new Gone(
                number("SELECT count(*) FROM media_gone WHERE last = ?", look),
                number("SELECT count(*) FROM media_gone WHERE last = ?1 AND first < ?1", look)));
    }

    public void sayRipeGone(long look) {
        database.write(() -> {
            database.update(
                    "INSERT OR REPLACE INTO media_pending (path, blob, size, modified)"
                            + " SELECT path, NULL, 0, 0 FROM media_gone WHERE last = ?1 AND first < ?1",
                    look);
            return true;
        });
    }

    /** What came back, or was said to be gone. */
    public void clearGone(long look) {
        database.read(() -> database.update("DELETE FROM media_gone WHERE last < ?", look));
    }

    /** Files that bundles say are there, or are about to. */
    public long count() {
        return database.read(
                () -> number("SELECT count(*) FROM media WHERE said = 1 OR unsure > 0")
                        + number(
                                "SELECT count(*) FROM media_pending p WHERE blob IS NOT NULL"
                                        + " AND NOT EXISTS (SELECT 1 FROM media m WHERE m.path = p.path AND (m.said = 1 OR m.unsure > 0))"));
    }

    /** How many of the files that are gone have left their content at no other path. */
    public long lost(long look) {
        return database.read(() -> number(LOST, look));
    }

    private long number(String sql, Object... parameters) throws SQLException {
        try (ResultSet row = database.statement(sql, parameters).executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** The lines of the next partial, in order. */
    public List<MediaDelta> pending(String after, int limit) {
        return database.read(() -> {
            List<MediaDelta> lines = new ArrayList<>();
            try (ResultSet row = database.statement(PENDING, MediaCatalogue.bytes(after), limit)
                    .executeQuery()) {
                while (row.next()) {
                    lines.add(line(row));
                }
            }
            return lines;
        });
    }

    private static MediaDelta line(ResultSet row) throws SQLException {
        String path = MediaCatalogue.text(row.getBytes(1));
        Optional<BlobId> blob = MediaCatalogue.blob(row.getBytes(2));
        if (blob.isEmpty()) {
            return MediaDelta.removed(path);
        }
        MediaRecord file = new MediaRecord(path, blob.get(), row.getLong(3), row.getLong(4));
        return MediaDelta.of(row.getBoolean(5) ? MediaDelta.Op.CHANGED : MediaDelta.Op.ADDED, file);
    }

    /** Nothing is going to be said after all. */
    public void forgetPending() {
        database.write(() -> {
            forget();
            return true;
        });
    }

    /** Only inside a write of the database. */
    void forget() throws SQLException {
        database.update("DELETE FROM media_pending");
    }

    /**
     * The partial is whole. Only inside a write of the database.
     *
     * @param sequence of the partial
     */
    void settle(long sequence) throws SQLException {
        if (database.exists("SELECT 1 FROM media_pending LIMIT 1")) {
            database.update(SETTLE_THERE, sequence);
            database.update(SETTLE_GONE, sequence);
            database.update(SETTLED);
            forget();
        }
    }
}
