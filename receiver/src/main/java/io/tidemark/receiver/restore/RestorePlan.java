package io.tidemark.receiver.restore;

import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.Manifest;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.position.Lsn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which bundles lead to where the primary was at one of them: the newest complete that does not go beyond it, and the partials from there on.
 *
 * @param partials in the order in which they are applied, the last of which is the one asked for; none where that is the complete
 */
public record RestorePlan(Manifest complete, List<Manifest> partials) {
    public RestorePlan {
        partials = List.copyOf(partials);
    }

    /** The bundle that is restored. */
    public Manifest last() {
        return partials.isEmpty() ? complete : partials.get(partials.size() - 1);
    }

    /** All of them, in order. */
    public List<Manifest> all() {
        List<Manifest> all = new ArrayList<>(List.of(complete));
        all.addAll(partials);
        return all;
    }

    /**
     * @param archived of the same source
     * @throws TidemarkException (FAILED) where no complete is early enough, or a partial between them is missing
     */
    public static RestorePlan of(Manifest wanted, Collection<Manifest> archived) {
        if (wanted.kind() == BundleKind.COMPLETE) {
            return new RestorePlan(wanted, List.of());
        }
        Manifest complete = archived.stream()
                .filter(manifest -> manifest.kind() == BundleKind.COMPLETE && isBefore(manifest, wanted))
                .max(Comparator.comparing(RestorePlan::end).thenComparing(Manifest::sequence))
                .orElseThrow(() -> cannot(wanted, "no complete of the archive was cut before it"));
        List<Manifest> partials = new ArrayList<>();
        Lsn reached = end(complete);
        while (reached.compareTo(end(wanted)) < 0) {
            Manifest next = next(reached, wanted, archived);
            partials.add(next);
            reached = end(next);
        }
        if (partials.isEmpty() || !partials.get(partials.size() - 1).id().equals(wanted.id())) {
            throw cannot(wanted, "complete " + complete.id() + " holds what it holds and no more: restore that one");
        }
        return new RestorePlan(complete, partials);
    }

    /** The partial asked for where it reaches back far enough, else the one that leads furthest without going beyond it. */
    private static Manifest next(Lsn reached, Manifest wanted, Collection<Manifest> archived) {
        List<Manifest> fitting = archived.stream()
                .filter(manifest -> isBefore(manifest, wanted) && end(manifest).compareTo(reached) > 0)
                .filter(manifest -> start(manifest)
                        .filter(from -> from.compareTo(reached) <= 0)
                        .isPresent())
                .toList();
        Optional<Manifest> itself = fitting.stream()
                .filter(manifest -> manifest.id().equals(wanted.id()))
                .findFirst();
        return itself.or(() -> fitting.stream().max(Comparator.comparing(RestorePlan::end)))
                .orElseThrow(() -> cannot(wanted, "the partial that begins at " + reached + " is not in the archive"));
    }

    private static boolean isBefore(Manifest manifest, Manifest wanted) {
        return manifest.identity().equals(wanted.identity()) && end(manifest).compareTo(end(wanted)) <= 0;
    }

    private static Optional<Lsn> start(Manifest manifest) {
        Manifest.Partial partial = manifest.partial();
        return partial == null ? Optional.empty() : Optional.of(partial.from());
    }

    private static Lsn end(Manifest manifest) {
        return manifest.position().lsn();
    }

    private static TidemarkException cannot(Manifest wanted, String reason) {
        return new TidemarkException(
                FailureCode.FAILED,
                "bundle " + wanted.id() + " cannot be restored: " + reason,
                "tidemark-receiver list names what the archive holds; take another bundle");
    }
}
