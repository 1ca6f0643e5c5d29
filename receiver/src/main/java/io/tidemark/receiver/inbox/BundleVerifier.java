package io.tidemark.receiver.inbox;

import io.tidemark.blob.BlobId;
import io.tidemark.blob.BlobStore;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.Manifest;
import io.tidemark.failure.DamagedException;
import io.tidemark.receipt.Receipt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides whether a bundle is whole: manifest and entries agree, the volumes that came are those that the manifest names, the lists are sane
 * and add up, and the store has every content. Contents themselves were checked when they entered the store and are again when they are
 * read; the lines of change files when they are loaded. Changes nothing.
 */
public final class BundleVerifier {
    private final BlobStores stores;
    /** What bundles lacked when they were looked at last, by their manifests' SHA-256. */
    private final Map<String, Verification.MissingBlobs> lacking = new ConcurrentHashMap<>();

    public BundleVerifier(BlobStores stores) {
        this.stores = stores;
    }

    /** @throws IOException where something cannot be read, which says nothing of the bundle */
    public Verification verify(ReceivedBundle bundle) throws IOException {
        try {
            BundleFolder folder = BundleFolder.open(bundle.folder());
            List<String> missing = missingVolumes(folder.manifest(), bundle.volumes());
            return missing.isEmpty() ? verify(bundle.id(), folder) : new Verification.MissingVolumes(missing);
        } catch (DamagedException damaged) {
            return new Verification.Refused(damaged.reason());
        }
    }

    /** Verifies a bundle that lies in the archive, where nothing is kept of its volumes. */
    public Verification verify(BundleId id, BundleFolder folder) throws IOException {
        try {
            Manifest manifest = folder.manifest();
            if (!manifest.id().equals(id)) {
                return new Verification.Refused("named " + id + ", and its manifest is that of " + manifest.id());
            }
            Optional<Verification> stillMissing = stillMissing(folder);
            if (stillMissing.isPresent()) {
                return stillMissing.get();
            }
            folder.checkEntries(Problems.refuse());
            BlobStore store = stores.of(id.source());
            Missing missing = new Missing(store);
            new ContentCheck(folder, Problems.refuse()).check((blob, rawSize) -> missing.look(blob));
            if (missing.blobs.isEmpty()) {
                return new VerifiedBundle(folder, store);
            }
            Verification.MissingBlobs lacks =
                    new Verification.MissingBlobs(new ArrayList<>(missing.blobs), missing.more);
            lacking.put(folder.manifestSha256(), lacks);
            return lacks;
        } catch (DamagedException damaged) {
            return new Verification.Refused(damaged.reason());
        }
    }

    /** A bundle that lacked contents is not read again before all that were named have come. */
    private Optional<Verification> stillMissing(BundleFolder folder) throws IOException {
        Verification.MissingBlobs lacks = lacking.get(folder.manifestSha256());
        BlobStore store = stores.of(folder.manifest().source());
        if (lacks == null) {
            return Optional.empty();
        }
        for (BlobId blob : lacks.blobs()) {
            if (!store.contains(blob)) {
                return Optional.of(lacks);
            }
        }
        lacking.remove(folder.manifestSha256());
        return Optional.empty();
    }

    private static List<String> missingVolumes(Manifest manifest, List<VolumeNote> came) throws DamagedException {
        Map<String, VolumeNote> notes = came.stream().collect(Collectors.toMap(VolumeNote::name, Function.identity()));
        List<String> missing = new ArrayList<>();
        for (Manifest.Volume volume : manifest.volumes()) {
            VolumeNote note = notes.get(volume.name());
            if (note == null) {
                missing.add(volume.name());
            } else if (note.size() != volume.size() || !note.sha256().equals(volume.sha256())) {
                throw new DamagedException("volume " + volume.name() + " is not the one that the manifest lists");
            }
        }
        return missing;
    }

    /** Contents that the store lacks. */
    private static final class Missing {
        private final BlobStore store;
        private final Set<BlobId> blobs = new LinkedHashSet<>();
        private boolean more;

        Missing(BlobStore store) {
            this.store = store;
        }

        void look(BlobId blob) {
            if (!more && !store.contains(blob) && !blobs.contains(blob)) {
                if (blobs.size() < Receipt.MAX_MISSING) {
                    blobs.add(blob);
                } else {
                    more = true;
                }
            }
        }
    }
}
