package io.tidemark.receiver.retention;

import io.tidemark.blob.BlobId;
import io.tidemark.blob.BlobStore;
import io.tidemark.blob.StoredBlob;
import io.tidemark.bundle.BundleId;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.DamagedException;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.inbox.ContentCheck;
import io.tidemark.receiver.inbox.Incoming;
import io.tidemark.receiver.inbox.Problems;
import io.tidemark.receiver.inbox.ReceivedBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Removes contents of one source that neither a bundle of the archive nor one that waits names: marks what they name on disk, then goes
 * through the store. Nothing is removed where it is not known what is named: while volumes of a bundle have come and its last one has not, or
 * where a list cannot be read. Nobody may take in meanwhile.
 */
final class SweptContents {
    private final Archive archive;
    private final Incoming incoming;
    private final Path scratch;
    private final CrashPoints crashPoints;

    /** @param scratch a folder of its own */
    SweptContents(Archive archive, Incoming incoming, Path scratch, CrashPoints crashPoints) {
        this.archive = archive;
        this.incoming = incoming;
        this.scratch = scratch;
        this.crashPoints = crashPoints;
    }

    /** @param dry counts only, as if {@code gone} were removed already */
    Swept sweep(String source, List<BundleId> gone, boolean dry) throws IOException {
        Optional<BundleId> arriving = incoming.arriving().stream()
                .filter(bundle -> bundle.source().equals(source))
                .findFirst();
        if (arriving.isPresent()) {
            return Swept.none("bundle " + arriving.get() + " is arriving");
        }
        try (MarkedContents marked = new MarkedContents(scratch)) {
            for (BundleFolder folder : kept(source, gone)) {
                new ContentCheck(folder, Problems.refuse()).check((blob, rawSize) -> marked.mark(blob));
            }
            marked.finish();
            crashPoints.pass(ExpireStep.CONTENTS_MARKED);
            return sweep(archive.blobs(source), marked, dry);
        } catch (DamagedException damaged) {
            return Swept.none("what a bundle names cannot be read: " + damaged.reason());
        }
    }

    private List<BundleFolder> kept(String source, List<BundleId> gone) throws IOException {
        List<BundleFolder> kept = new ArrayList<>();
        for (BundleId id : archive.bundles()) {
            if (id.source().equals(source) && !gone.contains(id)) {
                kept.add(archive.open(id).orElseThrow(() -> new DamagedException("bundle " + id + " is gone")));
            }
        }
        for (ReceivedBundle waiting : incoming.waiting()) {
            if (waiting.id().source().equals(source)) {
                kept.add(BundleFolder.open(waiting.folder()));
            }
        }
        return kept;
    }

    private Swept sweep(BlobStore store, MarkedContents marked, boolean dry) throws IOException {
        long contents = 0;
        long bytes = 0;
        for (int first = 0; first < BlobStore.FOLDERS; first++) {
            MarkedContents.Marks marks = marked.beginningWith(first);
            for (BlobId blob : store.beginningWith(first)) {
                if (!marks.contains(blob)) {
                    bytes += size(store, blob);
                    contents++;
                    if (!dry) {
                        store.remove(blob);
                        crashPoints.pass(ExpireStep.CONTENT_SWEPT);
                    }
                }
            }
        }
        return new Swept(contents, bytes, "");
    }

    private static long size(BlobStore store, BlobId blob) throws IOException {
        Optional<StoredBlob> stored = store.find(blob);
        return stored.isPresent() ? Files.size(stored.get().path()) : 0;
    }
}
