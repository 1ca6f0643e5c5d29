package io.tidemark.receiver.chain;

import io.tidemark.position.Lsn;
import io.tidemark.position.SourceIdentity;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides by positions alone what becomes of the bundles of one source that have come. Pure: it reads and writes nothing. */
public final class Chain {
    private static final int MOST_NAMED = 10_000;

    private final Optional<SourceState> state;
    private final Map<Long, String> loaded;
    private final List<Waiting> waiting;

    /**
     * @param state empty before the source's first complete
     * @param loaded manifests' SHA-256 by sequence: of the source's bundles whose data are in the database
     * @param waiting every bundle of the source that has come and is not loaded
     */
    public Chain(Optional<SourceState> state, Map<Long, String> loaded, Collection<Waiting> waiting) {
        this.state = state;
        this.loaded = Map.copyOf(loaded);
        this.waiting = List.copyOf(waiting);
    }

    public Decision decide(Waiting bundle) {
        String same = loaded.get(bundle.id().sequence());
        if (same != null) {
            return same.equals(bundle.manifest()) ? new Decision.Loaded() : reused(bundle);
        }
        Lsn from = bundle.from();
        return from == null ? complete(bundle) : partial(bundle, from);
    }

    private static Decision reused(Waiting bundle) {
        return new Decision.Refuse(
                "another bundle with sequence " + bundle.id().sequence() + " is loaded, with another content",
                "the sender lost its state or two senders use one source name; the next bundle has a higher sequence");
    }

    private Decision complete(Waiting bundle) {
        if (state.isEmpty()) {
            return new Decision.Load();
        }
        SourceState now = state.get();
        if (!now.identity().equals(bundle.identity())) {
            return bundle.id().sequence() > now.completeSequence()
                    ? new Decision.Load()
                    : new Decision.Covered("it was cut from " + words(bundle.identity()) + ", and a later complete of "
                            + words(now.identity()) + " is loaded");
        }
        return bundle.to().compareTo(now.completePosition()) < 0
                ? new Decision.Covered("it was cut at " + bundle.to() + ", and complete " + now.completeSequence()
                        + ", cut at " + now.completePosition() + ", is loaded")
                : new Decision.Load();
    }

    private Decision partial(Waiting bundle, Lsn from) {
        if (state.isEmpty()) {
            return new Decision.Hold(
                    "it waits for the first complete",
                    "nothing has to be done while a complete is on its way; else: tidemark-sender complete",
                    false);
        }
        SourceState now = state.get();
        if (!now.identity().equals(bundle.identity())) {
            return otherDatabase(bundle, now);
        }
        if (bundle.to().compareTo(now.position()) <= 0) {
            return new Decision.Covered("it ends at " + bundle.to() + ", and the replica stands at " + now.position());
        }
        if (from.compareTo(now.position()) <= 0) {
            return new Decision.Load();
        }
        return behind(from)
                .map(other -> (Decision)
                        new Decision.Hold("it waits behind bundle " + other.id(), "see what that one waits for", false))
                .orElseGet(() -> gap(bundle, from, now));
    }

    /** After a restore or a failover positions of the one database say nothing of the other's. */
    private static Decision otherDatabase(Waiting bundle, SourceState now) {
        if (bundle.id().sequence() < now.completeSequence()) {
            return new Decision.Covered("it comes from " + words(bundle.identity()) + ", and complete "
                    + now.completeSequence() + " of " + words(now.identity()) + " is loaded");
        }
        return new Decision.Hold(
                "it comes from " + words(bundle.identity()) + ", and the replica holds " + words(now.identity()),
                "the next complete brings the replica there; if nobody restored or replaced the primary, two senders"
                        + " use one source name",
                true);
    }

    /** A partial that has come and whose range reaches up to {@code from}. */
    private Optional<Waiting> behind(Lsn from) {
        return waiting.stream()
                .filter(other -> starts(other, from) && other.to().compareTo(from) >= 0)
                .min(Comparator.comparing(Waiting::id));
    }

    private static boolean starts(Waiting other, Lsn before) {
        Lsn start = other.from();
        return start != null && start.compareTo(before) < 0;
    }

    private Decision gap(Waiting bundle, Lsn from, SourceState now) {
        String missing = missing(bundle, now);
        return new Decision.Hold(
                "the changes from " + now.position() + " to " + from + " have not come"
                        + (missing.isEmpty() ? "" : " (missing: " + missing + ")"),
                "send the missing bundle again if it still exists, or: tidemark-sender complete; the next complete heals it",
                true);
    }

    /** Numbers between the partial applied last and this one that nobody has seen. */
    private String missing(Waiting bundle, SourceState now) {
        Set<Long> seen =
                waiting.stream().map(other -> other.id().sequence()).collect(Collectors.toCollection(TreeSet::new));
        seen.addAll(loaded.keySet());
        long first = (now.partialSequence() > 0 ? now.partialSequence() : now.completeSequence()) + 1;
        if (bundle.id().sequence() - first > MOST_NAMED) {
            return "";
        }
        StringBuilder words = new StringBuilder();
        long start = -1;
        for (long number = first; number <= bundle.id().sequence(); number++) {
            boolean lacks = number < bundle.id().sequence() && !seen.contains(number);
            if (lacks && start < 0) {
                start = number;
            } else if (!lacks && start >= 0) {
                words.append(words.isEmpty() ? "bundle " : ", ")
                        .append(start == number - 1 ? "" + start : start + " to " + (number - 1));
                start = -1;
            }
        }
        return words.toString();
    }

    /** Whether a partial names another one before it than was applied: two that cover the same range, which is harmless. */
    public boolean forked(Waiting bundle) {
        @Nullable String previous = bundle.previous();
        return previous != null
                && state.isPresent()
                && !state.get().partialManifest().isEmpty()
                && state.get().position().equals(bundle.from())
                && !state.get().partialManifest().equals(previous);
    }

    private static String words(SourceIdentity identity) {
        return "database " + identity.database() + " of system " + identity.system() + " on timeline "
                + identity.timeline();
    }
}
