package io.tidemark.receiver.restore;

import io.tidemark.blob.BlobCheck;
import io.tidemark.blob.BlobId;
import io.tidemark.blob.BlobName;
import io.tidemark.blob.BlobStore;
import io.tidemark.blob.DamagedBlobException;
import io.tidemark.blob.StoredBlob;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.VolumeWriter;
import io.tidemark.failure.DamagedException;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.file.DurableFiles;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.archive.BundleUse;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.inbox.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a bundle of the archive with all its contents as one tar, which restores with tar, zstd and psql alone. Everything is checked on
 * the way: an export that ends well is whole.
 */
public final class Export {
    private static final Logger LOG = LoggerFactory.getLogger(Export.class);

    private final Archive archive;

    public Export(Archive archive) {
        this.archive = archive;
    }

    /**
     * Writes {@code <bundle>.tar}; an older one of that name is replaced.
     *
     * @param target the folder to write into, or the file to write
     * @return the file
     */
    public Path export(BundleId bundle, Path target) throws IOException {
        try (BundleUse use = BundleUse.reading(archive, bundle)) {
            LOG.debug("exporting under {}", use);
            return write(bundle, target);
        }
    }

    private Path write(BundleId bundle, Path target) throws IOException {
        BundleFolder folder = archive.require(bundle);
        Path file = Files.isDirectory(target) ? target.resolve(bundle.name() + ".tar") : target.toAbsolutePath();
        Path part = DurableFiles.partOf(file);
        boolean written = false;
        try (VolumeWriter tar = new VolumeWriter(part)) {
            write(folder, tar);
            tar.finish();
            written = true;
        } catch (DamagedException damaged) {
            throw new TidemarkException(
                    FailureCode.FAILED,
                    "bundle " + bundle + " cannot be exported: " + damaged.reason(),
                    "run verify to see all that is wrong with it, and export another bundle",
                    damaged);
        } finally {
            if (!written) {
                Files.deleteIfExists(part);
            }
        }
        DurableFiles.rename(part, file);
        return file;
    }

    private void write(BundleFolder folder, VolumeWriter tar) throws IOException {
        folder.checkEntries(Problems.refuse());
        add(tar, EntryName.MANIFEST, folder.path().resolve(EntryName.MANIFEST));
        for (Manifest.Entry entry : folder.manifest().entries()) {
            add(tar, entry.name(), folder.path().resolve(entry.name()));
        }
        BlobStore store = archive.blobs(folder.manifest().source());
        new DistinctBlobs(folder, Problems.refuse()).forEach(blob -> add(tar, store, blob));
        add(tar, EntryName.MANIFEST_SHA256, folder.path().resolve(EntryName.MANIFEST_SHA256));
    }

    private static void add(VolumeWriter tar, BlobStore store, BlobId blob) throws IOException {
        StoredBlob stored = store.find(blob).orElseThrow(() -> new DamagedBlobException(blob, "is not in the store"));
        BlobName name = new BlobName(blob, stored.compressed());
        try (InputStream content = Files.newInputStream(stored.path())) {
            BlobCheck.check(name, Files.size(stored.path()), content);
        }
        add(tar, EntryName.of(name), stored.path());
    }

    private static void add(VolumeWriter tar, String entry, Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            tar.add(entry, Files.size(file), content);
        }
    }
}
