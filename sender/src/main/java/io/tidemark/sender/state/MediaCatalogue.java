package io.tidemark.sender.state;

import io.tidemark.blob.BlobId;
import io.tidemark.sender.state.MediaFile.Said;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The media files as they were when last read and as partials tell of them, ordered by path compared as UTF-8 bytes. */
public final class MediaCatalogue {
    private static final String COLUMNS =
            "SELECT path, size, modified, inode, blob, said, said_blob, said_size, said_modified, unsure, ";
    private static final String AFTER = COLUMNS + "%s FROM media WHERE path > ? ORDER BY path LIMIT ?";
    private static final String ASK = String.format(AFTER, BlobTable.isKnown("media.blob"));
    private static final String QUICK = String.format(AFTER, "1");
    private static final String READ = "INSERT INTO media (path, size, modified, inode, blob) VALUES (?, ?, ?, ?, ?)"
            + " ON CONFLICT (path) DO UPDATE SET size = excluded.size, modified = excluded.modified,"
            + " inode = excluded.inode, blob = excluded.blob";
    private static final String SEEN =
            "INSERT INTO media (path, size, modified, inode, blob, said, said_blob, said_size,"
                    + " said_modified) VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?)"
                    + " ON CONFLICT (path) DO UPDATE SET size = excluded.size, modified = excluded.modified,"
                    + " inode = excluded.inode, blob = excluded.blob, said = 1, said_blob = excluded.said_blob,"
                    + " said_size = excluded.said_size, said_modified = excluded.said_modified, unsure = 0";
    private static final String FILLED =
            "UPDATE media SET said_blob = ?2 WHERE path = ?1 AND said = 1 AND said_blob IS NULL";
    private static final String UNSURE = "INSERT INTO media (path, size, modified, inode, blob, unsure)"
            + " VALUES (?1, 0, 0, -1, x'', ?2) ON CONFLICT (path) DO UPDATE SET unsure = ?2";
    private static final String FORGET = "DELETE FROM media WHERE path = ? AND said = 0 AND unsure = 0";
    private static final String UNSAID = "UPDATE media SET said = 0, unsure = 0, inode = -1 WHERE path = ?";
    private static final String UNREAD = "UPDATE media SET inode = -1 WHERE path = ?";

    private final StateDatabase database;

    MediaCatalogue(StateDatabase database) {
        this.database = database;
    }

    /**
     * The next files in order.
     *
     * @param path exclusive; empty to begin
     * @param limit how many at most
     * @param ask whether it matters if the receiver holds their contents; where not they count as known
     */
    public List<MediaFile> after(String path, int limit, boolean ask) {
        return database.read(() -> {
            List<MediaFile> files = new ArrayList<>();
            try (ResultSet row =
                    database.statement(ask ? ASK : QUICK, bytes(path), limit).executeQuery()) {
                while (row.next()) {
                    files.add(file(row));
                }
            }
            return files;
        });
    }

    /** Something learnt of a path. */
    public sealed interface Note {
        String path();
    }

    /** It was read, and is as this says; {@link MediaFile#said} of it is not looked at. */
    public record Read(MediaFile file) implements Note {
        @Override
        public String path() {
            return file.path();
        }
    }

    /** It is there, and in the hands of a complete: partials say no more of it while it stays like that. */
    public record Seen(MediaFile file) implements Note {
        @Override
        public String path() {
            return file.path();
        }
    }

    /** Its content, where a complete took it into its hands before somebody had read it. */
    public record Filled(String path, BlobId blob) implements Note {}

    /** A complete with this sequence or one before it says something else of it than partials. */
    public record Unsure(String path, long sequence) implements Note {}

    /** It is gone, and the complete that is made says so; nobody makes partials. */
    public record Unsaid(String path) implements Note {}

    /** No reading of it is to be believed, or it is gone. */
    public record Forgotten(String path) implements Note {}

    public void note(Collection<Note> notes) {
        database.write(() -> {
            for (Note note : notes) {
                write(note);
            }
            return true;
        });
    }

    private void write(Note note) throws SQLException {
        Object path = bytes(note.path());
        if (note instanceof Read read) {
            MediaFile file = read.file();
            database.update(READ, path, file.size(), file.modified(), file.inode(), id(file.blob()));
        } else if (note instanceof Seen seen) {
            MediaFile file = seen.file();
            long millis = Math.floorDiv(file.modified(), 1_000_000L);
            byte @Nullable [] blob = file.blob().map(BlobId::bytes).orElse(null);
            database.update(
                    SEEN, path, file.size(), file.modified(), file.inode(), id(file.blob()), blob, file.size(), millis);
        } else if (note instanceof Filled filled) {
            database.update(FILLED, path, filled.blob().bytes());
        } else if (note instanceof Unsure unsure) {
            database.update(UNSURE, path, unsure.sequence());
        } else if (note instanceof Unsaid) {
            database.update(UNSAID, path);
            database.update(FORGET, path);
        } else {
            database.update(UNREAD, path);
            database.update(FORGET, path);
        }
    }

    private static byte[] id(Optional<BlobId> blob) {
        return blob.map(BlobId::bytes).orElse(new byte[0]);
    }

    private static MediaFile file(ResultSet row) throws SQLException {
        return new MediaFile(
                text(row.getBytes(1)),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                blob(row.getBytes(5)),
                row.getBoolean(11),
                new Said(
                        row.getBoolean(6),
                        blob(row.getBytes(7)),
                        row.getLong(8),
                        row.getLong(9),
                        row.getLong(10) == 0));
    }

    static Optional<BlobId> blob(byte @Nullable [] id) {
        return id == null || id.length == 0
                ? Optional.empty()
                : Optional.of(new BlobId(HexFormat.of().formatHex(id)));
    }

    static String text(byte[] path) {
        return new String(path, StandardCharsets.UTF_8);
    }

    static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }
}
