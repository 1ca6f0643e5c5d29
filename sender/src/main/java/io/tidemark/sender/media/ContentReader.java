package io.tidemark.sender.media;

import io.tidemark.blob.BlobEncoder;
import io.tidemark.blob.BlobId;
import io.tidemark.blob.SpilledBlob;
import io.tidemark.file.FileStat;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * Reads files and hands on what the receiver lacks. A file up to {@link #IN_MEMORY} is read once. A larger one is read once for its hash
 * and, where its content is wanted, copied into a file of ours, as nobody can change it there while it is packed. One per thread.
 */
final class ContentReader implements Closeable {
    static final int IN_MEMORY = 4 << 20;
    /** How often a file is read in the hope that it holds still. */
    static final int ATTEMPTS = 3;

    private static final int SAMPLE = 256 << 10;

    private final ContentSink sink;
    private final Path spill;
    private final boolean takesUnsettled;
    private final BlobEncoder encoder = new BlobEncoder();
    private final byte[] buffer = new byte[IN_MEMORY];

    /**
     * @param spill a file of ours, written over and over
     * @param takesUnsettled whether the last reading of a file that does not hold still counts
     */
    ContentReader(ContentSink sink, Path spill, boolean takesUnsettled) {
        this.sink = sink;
        this.spill = spill;
        this.takesUnsettled = takesUnsettled;
    }

    /** Reads until two looks at the file agree, at most {@link #ATTEMPTS} times. */
    Reading read(Path file) throws IOException {
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt == ATTEMPTS;
            boolean counts = last && takesUnsettled;
            FileStat before = FileStat.of(file);
            if (!before.isFile()) {
                throw new NoSuchFileException(file.toString());
            }
            Reading reading =
                    before.size() <= IN_MEMORY ? readSmall(file, before, counts) : readLarge(file, before, counts);
            if (reading.settled() || last) {
                return reading;
            }
        }
    }

    private Reading readSmall(Path file, FileStat before, boolean counts) throws IOException {
        int size;
        try (InputStream in = open(file)) {
            size = in.readNBytes(buffer, 0, (int) before.size());
        }
        BlobId blob = encoder.idOf(buffer, 0, size);
        Reading reading = reading(file, blob, size, before);
        if ((reading.settled() || counts) && sink.claim(blob)) {
            sink.add(encoder.compress(blob, buffer, 0, size));
        }
        return reading;
    }

    private Reading readLarge(Path file, FileStat before, boolean counts) throws IOException {
        Reading reading = hash(file, before);
        if (sink.known(reading.blob()) || !(reading.settled() || counts)) {
            return reading;
        }
        SpilledBlob content;
        try (InputStream in = open(file)) {
            content = SpilledBlob.spill(in, spill);
        }
        reading = reading(file, content.id(), content.rawSize(), before);
        if ((reading.settled() || counts) && sink.claim(content.id())) {
            sink.add(compressible() ? content.compress() : content);
        }
        Files.deleteIfExists(spill);
        return reading;
    }

    private Reading hash(Path file, FileStat before) throws IOException {
        MessageDigest digest = BlobId.sha256();
        long size = 0;
        try (InputStream in = open(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                size += read;
            }
        }
        return reading(file, BlobId.of(digest), size, before);
    }

    /** Pictures and films are compressed already, which their beginning shows. */
    private boolean compressible() throws IOException {
        try (InputStream in = Files.newInputStream(spill)) {
            int size = in.readNBytes(buffer, 0, SAMPLE);
            return encoder.encode(buffer, 0, size).compressed();
        }
    }

    private static Reading reading(Path file, BlobId blob, long size, FileStat before) throws IOException {
        return new Reading(blob, size, before, size == before.size() && before.equals(FileStat.of(file)));
    }

    private static InputStream open(Path file) throws IOException {
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() throws IOException {
        encoder.close();
        Files.deleteIfExists(spill);
    }
}
