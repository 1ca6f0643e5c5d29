package io.tidemark.receiver.route;

import io.tidemark.bundle.BundleId;
import io.tidemark.crash.CrashPoints;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.chain.SourceState;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.inbox.VerifiedBundle;
import io.tidemark.receiver.load.CompleteLoader;
import io.tidemark.receiver.load.LoadResult;
import io.tidemark.receiver.load.LoadStep;
import io.tidemark.receiver.load.SourceFacts;
import io.tidemark.receiver.load.StagedComplete;
import io.tidemark.receiver.load.partial.ArchivedPartials;
import io.tidemark.receiver.load.partial.PartialLoader;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads one complete. Where partials have been loaded, its rows are staged first while others go on, so that partials wait no longer than
 * staged rows take to be compared and written.
 */
record CompleteStep(
        Archive archive, CompleteLoader completes, PartialLoader partials, MediaStage media, CrashPoints crashPoints) {
    private static final Logger LOG = LoggerFactory.getLogger(CompleteStep.class);

    /**
     * What came of it.
     *
     * @param loaded absent where partials have gone beyond it in a way that it cannot be merged after
     * @param overtaken how they have
     * @param repaired rows that it changed although partials should have brought them
     */
    record Done(Optional<LoadResult> loaded, String overtaken, long repaired) {}

    /**
     * @param before the ledger as it is
     * @param now asks the ledger again
     */
    Done load(
            Candidate candidate,
            VerifiedBundle bundle,
            SourceFacts before,
            Supplier<SourceFacts> now,
            Meanwhile meanwhile)
            throws IOException {
        boolean chained = before.state()
                .filter(state -> state.partialSequence() > 0 && isOfItsSource(candidate, state))
                .isPresent();
        if (!chained) {
            return load(candidate, bundle, before, Optional.empty());
        }
        try (StagedComplete staged = completes.stage(bundle, this::archived)) {
            meanwhile.during(staged::fill);
            return load(candidate, bundle, now.get(), Optional.of(staged));
        }
    }

    private Done load(Candidate candidate, VerifiedBundle bundle, SourceFacts facts, Optional<StagedComplete> staged)
            throws IOException {
        boolean behind = facts.state()
                .filter(state -> isOfItsSource(candidate, state)
                        && state.position().compareTo(candidate.place().to()) > 0)
                .isPresent();
        ArchivedPartials later =
                behind ? partials.beyond(candidate.manifest(), this::archived) : ArchivedPartials.none();
        if (later.overtaken().isPresent()) {
            return new Done(Optional.empty(), later.overtaken().get(), 0);
        }
        facts.state()
                .filter(state -> !isOfItsSource(candidate, state))
                .ifPresent(state -> LOG.warn(
                        "bundle {}: the primary is another database than before, or on another timeline; the replica follows it",
                        candidate.id()));
        MediaStage.Placed placed = media.place(bundle);
        crashPoints.pass(LoadStep.MEDIA_READY);
        LoadResult result = completes.load(bundle, candidate.received(), this::archived, later, staged);
        media.removeGone(bundle, placed);
        crashPoints.pass(LoadStep.MEDIA_REMOVED);
        return new Done(Optional.of(result), "", new Repairs(archive).in(candidate.manifest(), facts.state(), result));
    }

    /** After the receipt. */
    void analyze(VerifiedBundle bundle, LoadResult result) {
        completes.analyze(bundle.manifest(), result);
    }

    private static boolean isOfItsSource(Candidate candidate, SourceState state) {
        return state.identity().equals(candidate.place().identity());
    }

    private Optional<BundleFolder> archived(String name) throws IOException {
        Optional<BundleId> id = BundleId.parse(name);
        return id.isPresent() ? archive.open(id.get()) : Optional.empty();
    }
}
