package io.tidemark.sender.state;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.VolumeName;
import io.tidemark.receipt.Receipt;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the sender remembers: its bundles, what the receiver holds, the media files as last read. Safe for many threads, and for two
 * processes at once; every change is on disk when its method returns, claims excepted.
 *
 * <p>Nothing here is needed for correctness. With the file lost nothing is known, so the next complete sends everything, and its sequence
 * comes from what lies remote ({@link #raiseSequence}, {@link #receipt}).
 */
public final class SenderState implements Closeable {
    /** The file's name below the work folder. */
    public static final String FILE = "state.sqlite";

    private final StateDatabase database;
    private final Notes notes;
    private final BundleTable bundles;
    private final BlobTable blobs;
    private final ReceiptRules receipts;
    private final MediaCatalogue media;
    private final MediaChain mediaChain;
    private final WantedBlobs wanted;
    private final ChainState chain;
    private final PartMemory parts;

    private SenderState(StateDatabase database) {
        this.database = database;
        this.notes = new Notes(database);
        this.bundles = new BundleTable(database, notes);
        this.blobs = new BlobTable(database);
        this.media = new MediaCatalogue(database);
        this.mediaChain = new MediaChain(database, notes);
        this.wanted = new WantedBlobs(database);
        this.receipts = new ReceiptRules(notes, bundles, blobs, wanted);
        this.chain = new ChainState(database, notes, bundles, blobs, mediaChain);
        this.parts = new PartMemory(database, notes);
    }

    /** @param workFolder exists */
    public static SenderState open(Path workFolder) {
        return new SenderState(StateDatabase.open(workFolder.resolve(FILE)));
    }

    /** Takes the next sequence, which no other bundle has had or will have. */
    public BundleId begin(String source, BundleKind kind, Instant created, String label) {
        return database.write(() -> {
            if (kind == BundleKind.COMPLETE) {
                blobs.beginNaming();
            }
            return bundles.begin(source, kind, created, label);
        });
    }

    /** From here on what the bundle's volumes hold counts as known, as volumes are pushed in the order of their bundles. */
    public void seal(BundleId bundle, Sealed sealed) {
        database.write(() -> {
            bundles.seal(bundle, sealed);
            blobs.endClaims(bundle.sequence());
            if (bundle.kind() == BundleKind.COMPLETE) {
                parts.seal();
                blobs.forgetUnnamed(bundle.sequence());
            }
            return true;
        });
    }

    /** Its volumes that have not been pushed must not be pushed any more. A bundle whose last volume has been pushed is left as it is. */
    public void giveUp(BundleId bundle) {
        database.write(() -> {
            if (bundles.giveUp(bundle)) {
                blobs.endClaims(bundle.sequence());
                blobs.dropUnpushed(bundle.sequence());
            }
            return true;
        });
    }

    /** No later bundle gets this sequence or a lower one. */
    public void raiseSequence(long seen) {
        database.write(() -> {
            notes.raise(Notes.SEQUENCE, seen);
            return true;
        });
    }

    /** Whether it knows of no bundle, as a state that was lost and one of a new source do. */
    public boolean isNew() {
        return database.read(() -> !database.exists("SELECT 1 FROM bundle"));
    }

    /** All bundles, oldest first. */
    public List<SentBundle> bundles() {
        return database.read(bundles::all);
    }

    public Optional<SentBundle> bundle(BundleId id) {
        return database.read(() -> bundles.find(id));
    }

    /**
     * Those whose last volume has not been pushed. Without another capture under way, which the lock on the work folder tells, those being
     * captured were cut off by a crash, and so were those sealed whose last volume the outbox does not hold: they have to be given up.
     */
    public List<SentBundle> unfinished() {
        return database.read(bundles::unfinished);
    }

    public Optional<SentBundle> lastSealed() {
        return database.read(bundles::lastSealed);
    }

    /** How far bundles have come, by what receipts say. */
    public Confirmed confirmed() {
        return database.read(bundles::confirmed);
    }

    /** By sequence, not by time: clocks are set. */
    public Optional<SentBundle> lastComplete() {
        return database.read(bundles::lastComplete);
    }

    /** Whether the receiver holds it, or will once the outbox is empty. */
    public boolean known(BlobId blob) {
        return database.read(() -> blobs.known(blob));
    }

    /** True for one caller per bundle, who must write the content into the bundle; false where it is known or somebody writes it. */
    public boolean claim(BlobId blob, long sequence) {
        return database.read(() -> blobs.claim(blob, sequence));
    }

    /** To be called before the volume gets its final name. */
    public void noteVolume(VolumeName volume, Collection<BlobId> contents) {
        database.write(() -> {
            blobs.note(volume, contents);
            return true;
        });
    }

    /** To be called before the volume leaves the outbox; twice does no harm. */
    public void volumePushed(VolumeName volume) {
        database.write(() -> {
            blobs.pushed(volume);
            if (volume.isLast()) {
                bundles.pushed(volume.bundle());
            }
            return true;
        });
    }

    public void forget(Collection<BlobId> contents) {
        database.write(() -> {
            blobs.forget(contents, Long.MAX_VALUE);
            return true;
        });
    }

    public void forgetAll() {
        database.write(() -> {
            blobs.forgetAll(Long.MAX_VALUE);
            return true;
        });
    }

    /** The identity of the receiver's blob store, where it has been seen. */
    public Optional<String> store() {
        return database.read(() -> notes.get(Notes.STORE));
    }

    /** What the receiver says of its store apart from receipts; to be called after the receipts, as it is newer than they are. */
    public void storeSeen(String store) {
        database.write(() -> {
            receipts.storeSeen(store);
            return true;
        });
    }

    /** Learns from a receipt. False where the same was learnt before, so that old receipts may be read again and again in any order. */
    public boolean receipt(Receipt receipt) {
        return database.write(() -> receipts.learn(receipt));
    }

    public ChainState chain() {
        return chain;
    }

    public MediaCatalogue media() {
        return media;
    }

    public MediaChain mediaChain() {
        return mediaChain;
    }

    public WantedBlobs wanted() {
        return wanted;
    }

    public PartMemory parts() {
        return parts;
    }

    public Optional<String> note(String key) {
        return database.read(() -> notes.get("user." + key));
    }

    public void note(String key, String value) {
        database.write(() -> {
            notes.put("user." + key, value);
            return true;
        });
    }

    @Override
    public void close() {
        database.close();
    }
}
