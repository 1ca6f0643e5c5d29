package io.tidemark.sender.state;

import io.tidemark.blob.BlobId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/** The media files as they were when last read, ordered by path compared as UTF-8 bytes. It saves reading them again, nothing else. */
public final class MediaCatalogue {
    private static final String AFTER = "SELECT path, size, modified, inode, blob, " + BlobTable.isKnown("media.blob")
            + " FROM media WHERE path > ? ORDER BY path LIMIT ?";

    private final StateDatabase database;

    MediaCatalogue(StateDatabase database) {
        this.database = database;
    }

    /**
     * The next files in order.
     *
     * @param path exclusive; empty to begin
     * @param limit how many at most
     */
    public List<MediaFile> after(String path, int limit) {
        return database.read(() -> {
            List<MediaFile> files = new ArrayList<>();
            try (ResultSet row = database.statement(AFTER, bytes(path), limit).executeQuery()) {
                while (row.next()) {
                    files.add(file(row));
                }
            }
            return files;
        });
    }

    public void change(Collection<MediaFile> put, Collection<String> remove) {
        database.write(() -> {
            for (MediaFile file : put) {
                database.update(
                        "INSERT OR REPLACE INTO media (path, size, modified, inode, blob) VALUES (?, ?, ?, ?, ?)",
                        bytes(file.path()),
                        file.size(),
                        file.modified(),
                        file.inode(),
                        file.blob().bytes());
            }
            for (String path : remove) {
                database.update("DELETE FROM media WHERE path = ?", (Object) bytes(path));
            }
            return true;
        });
    }

    private static MediaFile file(ResultSet row) throws SQLException {
        return new MediaFile(
                new String(row.getBytes(1), StandardCharsets.UTF_8),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                new BlobId(HexFormat.of().formatHex(row.getBytes(5))),
                row.getBoolean(6));
    }

    private static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }
}
