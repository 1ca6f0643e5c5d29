package io.tidemark.receiver.restore;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.Manifest;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.archive.Archive;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which bundles lead to where the primary was at one of them: the newest complete that does not go beyond it, and the partials from there on.
 *
 * @param partials in the order in which they are applied, the last of which is the one asked for; none where that is the complete
 */
public record RestorePlan(BundleId complete, List<BundleId> partials) {
    public RestorePlan {
        partials = List.copyOf(partials);
    }

    /** The bundle that is restored. */
    public BundleId last() {
        return partials.isEmpty() ? complete : partials.get(partials.size() - 1);
    }

    /** All of them, in order. */
    public List<BundleId> all() {
        List<BundleId> all = new ArrayList<>(List.of(complete));
        all.addAll(partials);
        return all;
    }

    /**
     * @throws TidemarkException (FAILED) where the bundle cannot be read, no complete of the archive is early enough, or a partial between them is
     *     missing there
     */
    public static RestorePlan of(Archive archive, BundleId wanted) throws IOException {
        Manifest manifest = archive.require(wanted).manifest();
        if (manifest.kind() == BundleKind.COMPLETE) {
            return new RestorePlan(wanted, List.of());
        }
        ArchivedSpans spans = ArchivedSpans.upTo(manifest, archive);
        Span complete = spans.complete()
                .orElseThrow(() -> cannot(wanted, "no complete of the archive was cut before it", spans));
        List<BundleId> partials = new ArrayList<>();
        Span reached = complete;
        while (!reached.id().equals(wanted)
                && reached.to().compareTo(manifest.position().lsn()) < 0) {
            Span last = reached;
            reached = spans.next(reached.to(), wanted)
                    .orElseThrow(() -> cannot(
                            wanted, "the partial that begins at " + last.to() + " is not in the archive", spans));
            partials.add(reached.id());
        }
        if (!reached.id().equals(wanted)) {
            throw cannot(
                    wanted, "complete " + complete.id() + " holds what it holds and no more: restore that one", spans);
        }
        return new RestorePlan(complete.id(), partials);
    }

    private static TidemarkException cannot(BundleId wanted, String reason, ArchivedSpans spans) {
        Optional<BundleId> unreadable = spans.unreadable();
        return new TidemarkException(
                FailureCode.FAILED,
                "bundle " + wanted + " cannot be restored: " + reason
                        + unreadable
                                .map(id -> "; the manifest of " + id + " cannot be read")
                                .orElse(""),
                "tidemark-receiver list names what the archive holds; take another bundle");
    }
}
