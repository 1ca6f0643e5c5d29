package io.tidemark.sender.outbox;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.ManifestJson;
import io.tidemark.bundle.VolumeName;
import io.tidemark.bundle.VolumeWriter;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.TidemarkException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a bundle's last volume, which is its commit: the manifest, then what was added, in order, then the manifest's checksum. Every
 * failure of the disk is a {@link TidemarkException}.
 */
public final class LastVolume {
    private final VolumeName name;
    private final Outbox outbox;
    private final CrashPoints crashPoints;
    private final List<Source> sources = new ArrayList<>();

    public LastVolume(BundleId bundle, Outbox outbox, CrashPoints crashPoints) {
        this.name = VolumeName.last(bundle);
        this.outbox = outbox;
        this.crashPoints = crashPoints;
    }

    /** A written last volume; {@code sha256} is that of the manifest, {@code bytes} are those of the volume. */
    public record Written(Manifest manifest, String sha256, long bytes) {}

    public LastVolume add(String entry, byte[] content) {
        sources.add(new Source(entry, () -> new ByteArrayInputStream(content)));
        return this;
    }

    /** @param content is read twice and must not change until {@link #write} has returned */
    public LastVolume add(String entry, Path content) {
        sources.add(new Source(entry, () -> Files.newInputStream(content)));
        return this;
    }

    /** @param manifest whose entries are replaced by what was added */
    public Written write(Manifest manifest) {
        Path part = outbox.part(name);
        try (VolumeWriter writer = new VolumeWriter(part)) {
            Manifest whole = manifest.withEntries(entries());
            byte[] json = ManifestJson.write(whole);
            writer.add(EntryName.MANIFEST, json);
            for (int i = 0; i < sources.size(); i++) {
                try (InputStream content = sources.get(i).content().open()) {
                    writer.add(sources.get(i).entry(), whole.entries().get(i).size(), content);
                }
            }
            writer.add(EntryName.MANIFEST_SHA256, ManifestJson.checksumFile(json));
            crashPoints.pass(OutboxStep.VOLUME_FILLED);
            VolumeWriter.Written written = writer.finish();
            crashPoints.pass(OutboxStep.VOLUME_SYNCED);
            return new Written(whole, ManifestJson.sha256(json), written.size());
        } catch (IOException e) {
            throw OutboxFailures.of(outbox.folder(), e);
        }
    }

    /** Makes the bundle ready to be pushed; to be called after the state was told. */
    public void commit() {
        crashPoints.pass(OutboxStep.VOLUME_NOTED);
        outbox.commit(name);
        crashPoints.pass(OutboxStep.VOLUME_COMMITTED);
    }

    /** A content that can be opened again. */
    @FunctionalInterface
    private interface Content {
        InputStream open() throws IOException;
    }

    private record Source(String entry, Content content) {}

    private List<Manifest.Entry> entries() throws IOException {
        List<Manifest.Entry> entries = new ArrayList<>();
        for (Source source : sources) {
            MessageDigest digest = BlobId.sha256();
            try (InputStream content = source.content().open();
                    OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                long size = content.transferTo(sink);
                entries.add(new Manifest.Entry(
                        source.entry(), size, BlobId.of(digest).hex()));
            }
        }
        return entries;
    }
}
