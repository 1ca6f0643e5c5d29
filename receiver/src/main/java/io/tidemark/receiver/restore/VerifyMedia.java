package io.tidemark.receiver.restore;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.NameEncoding;
import io.tidemark.bundle.RecordReader;
import io.tidemark.failure.DamagedException;
import io.tidemark.file.DurableFiles;
import io.tidemark.file.FileStat;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.media.MediaHistory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares the media folder with what the last complete and the partials since say it holds, source by source; every file is read. Files that no
 * bundle names are not looked at. Changes nothing.
 */
public final class VerifyMedia {
    private static final int BUFFER = 1 << 17;

    private final Archive archive;
    private final Path folder;
    private final List<String> problems = new ArrayList<>();
    private boolean more;
    private long files;
    private long bytes;

    public VerifyMedia(Archive archive, Path folder) {
        this.archive = archive;
        this.folder = folder;
    }

    /**
     * What was found.
     *
     * @param files that have to be there
     * @param bytes that were read
     * @param problems the first {@link VerifyReport#MAX_PROBLEMS} of them
     * @param more whether there are more
     */
    public record Report(long files, long bytes, List<String> problems, boolean more) {
        public Report {
            problems = List.copyOf(problems);
        }

        public boolean good() {
            return problems.isEmpty();
        }
    }

    public Report run() throws IOException {
        NameEncoding.requireUtf8();
        Path scratch = Files.createTempDirectory("tidemark-verify-");
        try {
            for (String source :
                    archive.bundles().stream().map(BundleId::source).distinct().toList()) {
                Optional<Path> list = new MediaHistory(archive, scratch).now(source, Long.MAX_VALUE);
                if (list.isPresent()) {
                    check(list.get());
                }
            }
        } catch (DamagedException damaged) {
            add(damaged.reason());
        } finally {
            DurableFiles.deleteTree(scratch);
        }
        return new Report(files, bytes, problems, more);
    }

    private void check(Path list) throws IOException {
        try (RecordReader<MediaRecord> lines = RecordReader.open(list, MediaRecord.class)) {
            for (MediaRecord file = lines.next(); file != null; file = lines.next()) {
                check(file);
            }
        }
    }

    private void check(MediaRecord record) throws IOException {
        files++;
        Path file = folder.resolve(record.path());
        Optional<FileStat> stat = FileStat.find(file);
        if (stat.isEmpty()) {
            add("media file " + record.path() + " is missing");
        } else if (!stat.get().isFile()) {
            add("media file " + record.path() + " is no file");
        } else if (stat.get().size() != record.size() || !hash(file).equals(record.blob())) {
            add("media file " + record.path() + " was altered");
        }
    }

    private BlobId hash(Path file) throws IOException {
        MessageDigest digest = BlobId.sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                bytes += read;
            }
        }
        return BlobId.of(digest);
    }

    private void add(String problem) {
        if (problems.size() < VerifyReport.MAX_PROBLEMS) {
            problems.add(problem);
        } else {
            more = true;
        }
    }
}
