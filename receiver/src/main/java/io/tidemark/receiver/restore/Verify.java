package io.tidemark.receiver.restore;

import io.tidemark.blob.BlobId;
import io.tidemark.blob.BlobName;
import io.tidemark.blob.BlobStore;
import io.tidemark.blob.StoredBlob;
import io.tidemark.bundle.BundleId;
import io.tidemark.failure.DamagedException;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.archive.BundleUse;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.inbox.ChangesCheck;
import io.tidemark.receiver.inbox.ContentCheck;
import io.tidemark.receiver.inbox.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a whole bundle of the archive without a database: every entry, every list, every content read to its end. Changes nothing. */
public final class Verify {
    private static final Logger LOG = LoggerFactory.getLogger(Verify.class);

    private final Archive archive;

    public Verify(Archive archive) {
        this.archive = archive;
    }

    /** @throws IOException where something cannot be read for another reason than that it is damaged */
    public VerifyReport bundle(BundleId id) throws IOException {
        Findings findings = new Findings();
        try (BundleUse use = BundleUse.reading(archive, id)) {
            LOG.debug("verifying under {}", use);
            Optional<BundleFolder> folder = archive.open(id);
            if (folder.isEmpty()) {
                findings.add("bundle " + id + " is not in the archive");
            } else {
                check(id, folder.get(), findings);
            }
        } catch (DamagedException damaged) {
            findings.add(damaged.reason());
        }
        return findings.report();
    }

    private void check(BundleId id, BundleFolder folder, Findings findings) throws IOException {
        findings.found(folder.manifest());
        if (!folder.manifest().id().equals(id)) {
            findings.add("named " + id + ", and its manifest is that of "
                    + folder.manifest().id());
        }
        folder.checkEntries(findings);
        BlobStore store = archive.blobs(id.source());
        new ContentCheck(folder, findings).check((blob, rawSize) -> {});
        if (folder.manifest().partial() != null) {
            new ChangesCheck(folder, findings).lines();
        }
        // Reads the lists again, as far as they can be read: their faults are known by now.
        new DistinctBlobs(folder, Problems.ignore()).forEach(blob -> check(store, blob, findings));
    }

    private static void check(BlobStore store, BlobId blob, Findings findings) throws IOException {
        Optional<StoredBlob> stored = store.find(blob);
        if (stored.isEmpty()) {
            findings.add("blob " + blob + ": is not in the store");
            return;
        }
        try (InputStream content = Files.newInputStream(stored.get().path())) {
            findings.check(
                    new BlobName(blob, stored.get().compressed()),
                    Files.size(stored.get().path()),
                    content);
        }
    }
}
