package io.tidemark.sender.state;

import io.tidemark.blob.BlobId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Contents that the receiver said it lacks and that no partial has looked for since. */
public final class WantedBlobs {
    private final StateDatabase database;

    WantedBlobs(StateDatabase database) {
        this.database = database;
    }

    /**
     * Only inside a write of the database.
     *
     * @param partial whether it is a partial that waits for them
     */
    void want(Collection<BlobId> blobs, boolean partial) throws SQLException {
        for (BlobId blob : blobs) {
            database.update("INSERT OR REPLACE INTO wanted (id, partial) VALUES (?, ?)", blob.bytes(), partial ? 1 : 0);
        }
    }

    public Set<BlobId> all() {
        return database.read(() -> {
            Set<BlobId> wanted = new HashSet<>();
            try (ResultSet row = database.statement("SELECT id FROM wanted").executeQuery()) {
                while (row.next()) {
                    MediaCatalogue.blob(row.getBytes(1)).ifPresent(wanted::add);
                }
            }
            return wanted;
        });
    }

    /**
     * They are looked for no more.
     *
     * @return whether a partial waits for one of them
     */
    public boolean end(Collection<BlobId> blobs) {
        return database.write(() -> {
            boolean partial = false;
            for (BlobId blob : blobs) {
                partial |= database.exists("SELECT 1 FROM wanted WHERE id = ? AND partial = 1", blob.bytes());
                database.update("DELETE FROM wanted WHERE id = ?", (Object) blob.bytes());
            }
            return partial;
        });
    }
}
