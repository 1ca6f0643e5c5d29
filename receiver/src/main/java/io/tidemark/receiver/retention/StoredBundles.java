package io.tidemark.receiver.retention;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.Manifest;
import io.tidemark.database.Database;
import io.tidemark.failure.DamagedException;
import io.tidemark.position.Lsn;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.archive.BundleUse;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.load.LoadProof;
import io.tidemark.receiver.load.LoadedBundles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What lies in the archive, with what the ledger says of it. */
public final class StoredBundles {
    private final Archive archive;
    private final Database database;

    public StoredBundles(Archive archive, Database database) {
        this.archive = archive;
        this.database = database;
    }

    List<StoredBundle> read() throws IOException {
        Map<String, LoadProof> proofs = LoadedBundles.proofs(database);
        List<StoredBundle> bundles = new ArrayList<>();
        for (BundleId id : archive.bundles()) {
            bundles.add(bundle(id, Optional.ofNullable(proofs.get(id.name()))));
        }
        return bundles;
    }

    /** A bundle whose manifest cannot be read is not good: it cannot be restored. */
    private StoredBundle bundle(BundleId id, Optional<LoadProof> proof) throws IOException {
        boolean used = BundleUse.isRead(archive, id);
        try {
            BundleFolder folder = archive.open(id).orElseThrow(() -> new DamagedException("it is gone"));
            Manifest manifest = folder.manifest();
            return new StoredBundle(
                    id,
                    manifest.position().lsn(),
                    proof.map(LoadProof::loaded).orElse(id.created()),
                    proof.filter(found -> found.equal() && found.manifest().equals(folder.manifestSha256()))
                            .isPresent(),
                    used,
                    manifest.entries().stream().mapToLong(Manifest.Entry::size).sum());
        } catch (DamagedException damaged) {
            return new StoredBundle(id, new Lsn(0), proof.map(LoadProof::loaded).orElse(id.created()), false, used, 0);
        }
    }
}
