package io.tidemark.receiver.inbox;

import io.tidemark.blob.BlobId;
import io.tidemark.blob.BlobStore;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.Manifest;
import io.tidemark.failure.DamagedException;
import io.tidemark.receipt.Receipt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides whether a bundle is whole: manifest and entries agree, the volumes that came are those that the manifest names, the lists are sane
 * and add up, and the store has every content. Contents themselves were checked when they entered the store and are again when they are
 * read. Changes nothing.
 */
public final class BundleVerifier {
    private final BlobStores stores;

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
            if (manifest.kind() != BundleKind.COMPLETE) {
                return new Verification.Refused(
                        "a " + manifest.kind().word() + " bundle, which this version cannot read");
            }
            folder.checkEntries(Problems.refuse());
            BlobStore store = stores.of(id.source());
            Missing missing = new Missing(store);
            new ContentCheck(folder, Problems.refuse()).check((blob, rawSize) -> missing.look(blob));
            return missing.blobs.isEmpty()
                    ? new VerifiedBundle(folder, store)
                    : new Verification.MissingBlobs(new ArrayList<>(missing.blobs), missing.more);
        } catch (DamagedException damaged) {
            return new Verification.Refused(damaged.reason());
        }
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
