package io.tidemark.receiver.restore;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.Manifest;
import io.tidemark.failure.DamagedException;
import io.tidemark.position.Lsn;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.inbox.BundleFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest complete of the archive that does not go beyond a bundle, and the partials between. Of each no more than its {@link Span} is kept: partials may be
 * many thousand. To be asked for what comes {@link #next} from the complete on, once.
 */
final class ArchivedSpans {
    private static final Logger LOG = LoggerFactory.getLogger(ArchivedSpans.class);

    private final Lsn end;
    private final List<Span> partials = new ArrayList<>();
    private @Nullable Span complete;
    private @Nullable BundleId unreadable;
    private int passed;
    private @Nullable Span furthest;

    private ArchivedSpans(Lsn end) {
        this.end = end;
    }

    /** Of the source and the database that the bundle is of. */
    static ArchivedSpans upTo(Manifest wanted, Archive archive) throws IOException {
        ArchivedSpans spans = new ArchivedSpans(wanted.position().lsn());
        for (BundleId id : archive.bundles()) {
            if (id.source().equals(wanted.source())) {
                spans.read(archive, id)
                        .filter(manifest -> manifest.identity().equals(wanted.identity()))
                        .ifPresent(spans::add);
            }
        }
        spans.partials.sort(Comparator.comparing(Span::from));
        return spans;
    }

    /** A bundle that is damaged hinders only those that need it. */
    private Optional<Manifest> read(Archive archive, BundleId id) throws IOException {
        try {
            return archive.open(id).map(BundleFolder::manifest);
        } catch (DamagedException damaged) {
            LOG.warn("bundle {} of the archive: {}", id, damaged.reason());
            unreadable = id;
            return Optional.empty();
        }
    }

    private void add(Manifest manifest) {
        Span span = Span.of(manifest);
        if (span.to().compareTo(end) > 0) {
            return;
        }
        if (manifest.kind() == BundleKind.PARTIAL) {
            partials.add(span);
        } else if (complete == null || complete.to().compareTo(span.to()) <= 0) {
            complete = span;
            partials.removeIf(partial -> partial.to().compareTo(span.to()) <= 0);
        }
    }

    /** The newest; of two at one place the one that was made later. */
    Optional<Span> complete() {
        return Optional.ofNullable(complete);
    }

    /** One that lies in the archive and was passed over. */
    Optional<BundleId> unreadable() {
        return Optional.ofNullable(unreadable);
    }

    /**
     * The partial asked for where it reaches back far enough, else the one that leads furthest.
     *
     * @param reached further than the last time
     */
    Optional<Span> next(Lsn reached, BundleId wanted) {
        for (; passed < partials.size() && partials.get(passed).from().compareTo(reached) <= 0; passed++) {
            furthest = better(furthest, partials.get(passed), wanted);
        }
        return Optional.ofNullable(furthest).filter(span -> span.to().compareTo(reached) > 0);
    }

    private static Span better(@Nullable Span known, Span other, BundleId wanted) {
        if (known == null || other.id().equals(wanted)) {
            return other;
        }
        return known.id().equals(wanted) || known.to().compareTo(other.to()) >= 0 ? known : other;
    }
}
