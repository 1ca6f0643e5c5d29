package io.tidemark.receiver.media;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.MediaDelta;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.RecordReader;
import io.tidemark.bundle.RecordWriter;
import io.tidemark.failure.DamagedException;
import io.tidemark.failure.TidemarkException;
import io.tidemark.file.DurableFiles;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.inbox.VerifiedBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the archive tells of the media folder: the list of the last complete, and what loaded partials have said since its sender began to look
 * at the folder for it.
 */
public final class MediaHistory {
    private static final Logger LOG = LoggerFactory.getLogger(MediaHistory.class);

    private final Archive archive;
    private final Path scratch;

    /** @param scratch a folder of our own; what lies in it is removed */
    public MediaHistory(Archive archive, Path scratch) {
        this.archive = archive;
        this.scratch = scratch;
    }

    /**
     * What the folder is to hold by the bundles of the archive; empty where none of them speaks of media.
     *
     * @param before bundles with this sequence and higher ones are left out of what a complete stands on
     */
    public Optional<Path> now(String source, long before) throws IOException {
        Optional<Manifest> base = base(source, before);
        if (base.isEmpty()) {
            return Optional.empty();
        }
        Path list = archive.path(base.get().id()).resolve(EntryName.MEDIA);
        try {
            return Optional.of(fold(base.get(), list, "now.jsonl.zst"));
        } catch (DamagedException damaged) {
            LOG.warn(
                    "the archive's media lists of source {}: {}; what they named is left alone",
                    source,
                    damaged.reason());
            return Optional.of(list);
        }
    }

    /** The lists for a complete that is to be loaded. */
    MediaLists complete(VerifiedBundle bundle) throws IOException {
        DurableFiles.deleteTree(scratch);
        Manifest manifest = bundle.manifest();
        Path next = fold(manifest, bundle.folder().resolve(EntryName.MEDIA), "next.jsonl.zst");
        return new MediaLists(
                now(manifest.source(), manifest.sequence()),
                next,
                manifest.media().files());
    }

    /**
     * All files as they were at a bundle.
     *
     * @param complete the one before it, or itself
     * @param last sequence of the bundle
     */
    public MediaLists at(VerifiedBundle complete, long last) throws IOException {
        Manifest manifest = complete.manifest();
        Path files = fold(manifest, complete.folder().resolve(EntryName.MEDIA), "at.jsonl.zst", last);
        return new MediaLists(Optional.empty(), files, manifest.media().files());
    }

    /** The lists for a partial that speaks of media: what it brings, beside what it says is gone. */
    MediaLists partial(VerifiedBundle bundle) throws IOException {
        DurableFiles.deleteTree(scratch);
        Files.createDirectories(scratch);
        Path gone = scratch.resolve("gone.jsonl.zst");
        Path fresh = scratch.resolve("fresh.jsonl.zst");
        BlobId none = BlobId.of(BlobId.sha256());
        try (RecordReader<MediaDelta> lines = bundle.mediaDeltas();
                RecordWriter<MediaRecord> removed = RecordWriter.create(gone, MediaRecord.class);
                RecordWriter<MediaRecord> files = RecordWriter.create(fresh, MediaRecord.class)) {
            for (MediaDelta line = lines.next(); line != null; line = lines.next()) {
                if (line.file().isPresent()) {
                    files.write(line.file().get());
                } else {
                    removed.write(new MediaRecord(line.path(), none, 0, 0));
                }
            }
        }
        return new MediaLists(
                Optional.of(gone), fresh, bundle.manifest().media().files());
    }

    /** A complete's list with what archived partials have said since. */
    private Path fold(Manifest complete, Path list, String name) throws IOException {
        return fold(complete, list, name, Long.MAX_VALUE);
    }

    private Path fold(Manifest complete, Path list, String name, long last) throws IOException {
        List<Path> later = archive.bundles().stream()
                .filter(id -> id.source().equals(complete.source())
                        && id.kind() == BundleKind.PARTIAL
                        && id.sequence() <= last
                        && complete.mediaBefore(id.sequence()))
                .map(id -> archive.path(id).resolve(EntryName.MEDIA))
                .filter(Files::exists)
                .toList();
        if (later.isEmpty()) {
            return list;
        }
        Path folded = scratch.resolve(name);
        new FoldedList(scratch).write(Optional.of(list), later, folded);
        return folded;
    }

    /** The newest complete before that manages media: those without have an empty list. */
    private Optional<Manifest> base(String source, long before) throws IOException {
        List<BundleId> newestFirst = archive.bundles().stream()
                .filter(id -> id.source().equals(source) && id.kind() == BundleKind.COMPLETE && id.sequence() < before)
                .sorted(Comparator.reverseOrder())
                .toList();
        for (BundleId id : newestFirst) {
            Optional<Manifest> manifest =
                    manifest(id).filter(found -> found.media().managed());
            if (manifest.isPresent()) {
                return manifest;
            }
        }
        return Optional.empty();
    }

    private Optional<Manifest> manifest(BundleId id) throws IOException {
        try {
            return Optional.of(archive.require(id).manifest());
        } catch (TidemarkException damaged) {
            LOG.warn("{}", damaged.text());
            return Optional.empty();
        }
    }

    /** The highest sequence whose media a complete has seen; by its own sequence where the archive does not tell any more. */
    public long seenBy(String source, long complete) throws IOException {
        for (BundleId id : archive.bundles()) {
            if (id.source().equals(source) && id.sequence() == complete) {
                Long after = manifest(id)
                        .map(Manifest::media)
                        .map(Manifest.Media::after)
                        .orElse(null);
                return after == null ? complete : after;
            }
        }
        return complete;
    }

    /** Whether a partial lies in the archive already: its media were placed, and later ones may have changed them since. */
    public boolean isDone(BundleId partial) throws IOException {
        Optional<BundleFolder> there = archive.open(partial);
        return there.isPresent();
    }
}
