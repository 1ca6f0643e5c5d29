package io.tidemark.receiver.inbox;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.MediaDelta;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.PartRecord;
import io.tidemark.bundle.RecordReader;
import io.tidemark.failure.DamagedException;
import java.io.IOException;
import java.util.Optional;

/**
 * Streams a bundle's lists of parts and media, holds them to the manifest, and tells every content that they name, as often as they name
 * it. Memory does not grow with the lists. The entries of a partial are held to its manifest as well.
 */
public final class ContentCheck {
    private final BundleFolder bundle;
    private final Problems problems;

    public ContentCheck(BundleFolder bundle, Problems problems) {
        this.bundle = bundle;
        this.problems = problems;
    }

    /** Takes the contents that a bundle names. */
    @FunctionalInterface
    public interface Contents {
        /** @param rawSize what the bundle says of the content's size before compression */
        void named(BlobId blob, long rawSize) throws IOException;
    }

    public void check(Contents contents) throws IOException {
        if (bundle.manifest().partial() != null) {
            new ChangesCheck(bundle, problems).entries();
            if (bundle.manifest().listsMedia()) {
                guarded(() -> checkDeltas(contents));
            }
            return;
        }
        guarded(() -> checkParts(contents));
        guarded(() -> checkMedia(contents));
    }

    /** A list that is read. */
    private interface Reading {
        void run() throws IOException;
    }

    private void guarded(Reading reading) throws IOException {
        try {
            reading.run();
        } catch (DamagedException unreadable) {
            problems.add(unreadable.reason());
        }
    }

    private void checkDeltas(Contents contents) throws IOException {
        MediaCheck check = new MediaCheck(bundle.manifest().media(), problems);
        try (RecordReader<MediaDelta> media = bundle.mediaDeltas()) {
            for (MediaDelta line = media.next(); line != null; line = media.next()) {
                Optional<MediaRecord> file = line.file();
                if (file.isPresent()) {
                    check.line(file.get());
                    contents.named(file.get().blob(), file.get().size());
                } else {
                    check.gone(line.path());
                }
            }
        }
        check.end();
    }

    private void checkParts(Contents contents) throws IOException {
        PartsCheck check = new PartsCheck(bundle.manifest(), problems);
        try (RecordReader<PartRecord> parts = bundle.parts()) {
            for (PartRecord part = parts.next(); part != null; part = parts.next()) {
                check.line(part);
                contents.named(part.blob(), part.bytes());
            }
        }
        check.end();
    }

    private void checkMedia(Contents contents) throws IOException {
        MediaCheck check = new MediaCheck(bundle.manifest().media(), problems);
        try (RecordReader<MediaRecord> media = bundle.media()) {
            for (MediaRecord file = media.next(); file != null; file = media.next()) {
                check.line(file);
                contents.named(file.blob(), file.size());
            }
        }
        check.end();
    }
}
