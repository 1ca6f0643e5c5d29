package io.tidemark.sender.state;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.VolumeName;
import java.sql.SQLException;
import java.util.Collection;

/**
 * Which contents the receiver holds or will hold once the outbox is empty. It may be wrong in one direction at no harm: a content forgotten
 * is sent once more. In the other direction the receiver names what it misses. Only inside work of the database.
 */
final class BlobTable {
    private static final String KNOWN = "SELECT 1 WHERE " + isKnown("?1");
    private static final String TAKEN = "SELECT 1 WHERE EXISTS (SELECT 1 FROM claimed WHERE id = ?1 AND sequence = ?2)"
            + " OR EXISTS (SELECT 1 FROM written WHERE id = ?1 AND sequence = ?2) OR " + isKnown("?1");

    private static final String UNNAMED = " AND id NOT IN (SELECT id FROM temp.named)"
            + " AND id NOT IN (SELECT blob FROM media WHERE unsure = 0 OR inode <> -1)";

    private final StateDatabase database;

    BlobTable(StateDatabase database) {
        this.database = database;
    }

    /** A condition on the column or parameter that holds a content's hash. */
    static String isKnown(String id) {
        return "(EXISTS (SELECT 1 FROM held h WHERE h.id = " + id + ") OR EXISTS (SELECT 1 FROM written w JOIN bundle b"
                + " ON b.sequence = w.sequence WHERE w.id = " + id + " AND b.state = 'sealed'))";
    }

    boolean known(BlobId blob) throws SQLException {
        return database.exists(KNOWN, blob.bytes());
    }

    /**
     * Claims stay until the bundle ends, even when a volume has been pushed and its contents were forgotten since: a bundle must not hold
     * a content twice.
     */
    boolean claim(BlobId blob, long sequence) throws SQLException {
        byte[] id = blob.bytes();
        if (database.exists(TAKEN, id, sequence)) {
            named(blob);
            return false;
        }
        database.update("INSERT INTO claimed (id, sequence) VALUES (?, ?)", id, sequence);
        return true;
    }

    /** The complete under way names it without carrying it. */
    void named(BlobId blob) throws SQLException {
        database.update("INSERT OR IGNORE INTO temp.named (id) VALUES (?)", blob.bytes());
    }

    void beginNaming() throws SQLException {
        database.update("DELETE FROM temp.named");
    }

    /**
     * A receiver keeps the contents of the last complete and of what comes after it; whatever else it has expires some day. So no later
     * bundle may count on contents that this complete did not name. Of media it named those of files that were there: what partials said
     * of a file that was gone by then does not count.
     */
    void forgetUnnamed(long complete) throws SQLException {
        database.update("DELETE FROM held WHERE sequence < ?" + UNNAMED, complete);
        database.update(
                "DELETE FROM written WHERE sequence < ? AND sequence IN (SELECT sequence FROM bundle WHERE state = 'sealed')"
                        + UNNAMED,
                complete);
        beginNaming();
    }

    void note(VolumeName volume, Collection<BlobId> blobs) throws SQLException {
        for (BlobId blob : blobs) {
            database.update(
                    "INSERT OR REPLACE INTO written (id, sequence, volume) VALUES (?, ?, ?)",
                    blob.bytes(),
                    volume.bundle().sequence(),
                    volume.number());
        }
    }

    void pushed(VolumeName volume) throws SQLException {
        long sequence = volume.bundle().sequence();
        database.update(
                "INSERT OR REPLACE INTO held (id, sequence) SELECT id, sequence FROM written WHERE sequence = ? AND volume = ?",
                sequence,
                volume.number());
        database.update("DELETE FROM written WHERE sequence = ? AND volume = ?", sequence, volume.number());
    }

    void endClaims(long sequence) throws SQLException {
        database.update("DELETE FROM claimed WHERE sequence = ?", sequence);
    }

    /** Volumes of this bundle that have not been pushed never will be. */
    void dropUnpushed(long sequence) throws SQLException {
        database.update("DELETE FROM written WHERE sequence = ?", sequence);
    }

    /**
     * What bundles up to this one carried is not at the receiver after all. Later bundles are left out: what they carry was not yet on its
     * way when the receiver looked.
     */
    void forget(Collection<BlobId> blobs, long upTo) throws SQLException {
        for (BlobId blob : blobs) {
            byte[] id = blob.bytes();
            database.update("DELETE FROM held WHERE id = ? AND sequence <= ?", id, upTo);
            database.update(
                    "DELETE FROM written WHERE id = ? AND sequence <= ?"
                            + " AND sequence IN (SELECT sequence FROM bundle WHERE state = 'sealed')",
                    id,
                    upTo);
        }
    }

    void forgetAll(long upTo) throws SQLException {
        database.update("DELETE FROM held WHERE sequence <= ?", upTo);
        database.update(
                "DELETE FROM written WHERE sequence <= ?"
                        + " AND sequence IN (SELECT sequence FROM bundle WHERE state = 'sealed')",
                upTo);
    }

    /** The receiver's store is another one than before; all that is known of it is what this bundle brought, where it was loaded from it. */
    void forgetOthers(long sequence) throws SQLException {
        database.update("DELETE FROM held WHERE sequence <> ?", sequence);
    }

    /** What this bundle alone carried did not arrive as sent. */
    void forgetBundle(long sequence) throws SQLException {
        database.update("DELETE FROM held WHERE sequence = ?", sequence);
        database.update("DELETE FROM written WHERE sequence = ?", sequence);
    }
}
