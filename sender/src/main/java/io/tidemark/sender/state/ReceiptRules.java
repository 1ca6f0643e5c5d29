package io.tidemark.sender.state;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.receipt.Receipt;
import java.sql.SQLException;
import java.util.Optional;

/** What the sender concludes from what the receiver says. Only inside a write of the database. */
final class ReceiptRules {
    private final Notes notes;
    private final BundleTable bundles;
    private final BlobTable blobs;
    private final WantedBlobs wanted;

    ReceiptRules(Notes notes, BundleTable bundles, BlobTable blobs, WantedBlobs wanted) {
        this.notes = notes;
        this.bundles = bundles;
        this.blobs = blobs;
        this.wanted = wanted;
    }

    boolean learn(Receipt receipt) throws SQLException {
        Optional<BundleId> bundle = BundleId.parse(receipt.bundle());
        if (bundle.isEmpty() || !bundles.receipt(receipt)) {
            return false;
        }
        long sequence = bundle.get().sequence();
        notes.raise(Notes.SEQUENCE, Math.max(sequence, receipt.lastSequence()));
        store(receipt, sequence);
        if (receipt.missingMore()) {
            blobs.forgetAll(sequence);
        } else {
            blobs.forget(receipt.missing(), sequence);
            wanted.want(receipt.missing(), bundle.get().kind() == BundleKind.PARTIAL);
        }
        if (receipt.state() == Receipt.State.REFUSED) {
            blobs.forgetBundle(sequence);
        }
        return true;
    }

    /** Receipts of older bundles may tell of a store that is gone. */
    private void store(Receipt receipt, long sequence) throws SQLException {
        if (receipt.store().isEmpty() || sequence < notes.number(Notes.STORE_SEQUENCE)) {
            return;
        }
        Optional<String> before = notes.get(Notes.STORE);
        if (before.isPresent() && !before.get().equals(receipt.store())) {
            if (receipt.state() == Receipt.State.LOADED) {
                blobs.forgetOthers(sequence);
            } else {
                blobs.forgetAll(Long.MAX_VALUE);
            }
        }
        notes.put(Notes.STORE, receipt.store());
        notes.raise(Notes.STORE_SEQUENCE, sequence);
    }

    void storeSeen(String store) throws SQLException {
        Optional<String> before = notes.get(Notes.STORE);
        if (before.isPresent() && !before.get().equals(store)) {
            blobs.forgetAll(Long.MAX_VALUE);
        }
        notes.put(Notes.STORE, store);
    }
}
