package io.tidemark.receiver.restore;

import io.tidemark.blob.BlobCheck;
import io.tidemark.blob.BlobName;
import io.tidemark.bundle.Manifest;
import io.tidemark.failure.DamagedException;
import io.tidemark.receiver.inbox.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects a {@link VerifyReport}. */
final class Findings implements Problems {
    private final List<String> problems = new ArrayList<>();
    private boolean more;
    private long contents;
    private long bytes;
    private long elsewhere;
    private @Nullable Manifest manifest;

    @Override
    public void add(String problem) {
        if (problems.size() < VerifyReport.MAX_PROBLEMS) {
            problems.add(problem);
        } else {
            more = true;
        }
    }

    void found(Manifest read) {
        manifest = read;
    }

    /** Reads a content to its end and compares it with its name. */
    void check(BlobName name, long size, InputStream stored) throws IOException {
        try {
            BlobCheck.check(name, size, stored);
            contents++;
            bytes += size;
        } catch (DamagedException damaged) {
            add(damaged.reason());
        }
    }

    void elsewhere() {
        elsewhere++;
    }

    VerifyReport report() {
        Manifest read = manifest;
        if (read == null) {
            return new VerifyReport(Optional.empty(), 0, 0, 0, contents, bytes, elsewhere, problems, more);
        }
        Manifest.Partial partial = read.partial();
        return new VerifyReport(
                Optional.of(read.id()),
                partial == null ? read.tables().size() : partial.changes().size(),
                partial == null
                        ? read.parts().rows()
                        : partial.changes().stream()
                                .mapToLong(Manifest.Changes::rows)
                                .sum(),
                read.media().files(),
                contents,
                bytes,
                elsewhere,
                problems,
                more);
    }
}
