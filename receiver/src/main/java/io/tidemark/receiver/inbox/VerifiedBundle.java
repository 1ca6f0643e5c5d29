package io.tidemark.receiver.inbox;

import io.tidemark.blob.BlobStore;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.MediaDelta;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.PartRecord;
import io.tidemark.bundle.RecordReader;
import java.io.IOException;
import java.nio.file.Path;

/** A bundle that was found whole: only {@link BundleVerifier} makes one, and only this can be loaded. */
public final class VerifiedBundle implements Verification {
    private final BundleFolder folder;
    private final BlobStore blobs;

    VerifiedBundle(BundleFolder folder, BlobStore blobs) {
        this.folder = folder;
        this.blobs = blobs;
    }

    public BundleId id() {
        return folder.manifest().id();
    }

    /** Holds manifest, DDL, restore.sql and the lists of parts and media. */
    public Path folder() {
        return folder.path();
    }

    public Manifest manifest() {
        return folder.manifest();
    }

    public String manifestSha256() {
        return folder.manifestSha256();
    }

    /** To be closed; may be opened again and again. */
    public RecordReader<PartRecord> parts() throws IOException {
        return folder.parts();
    }

    /** To be closed; may be opened again and again. */
    public RecordReader<MediaRecord> media() throws IOException {
        return folder.media();
    }

    /** Of a partial; to be closed; may be opened again and again. */
    public RecordReader<MediaDelta> mediaDeltas() throws IOException {
        return folder.mediaDeltas();
    }

    /** Holds every content that the bundle names. */
    public BlobStore blobs() {
        return blobs;
    }
}
