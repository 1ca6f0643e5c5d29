package io.tidemark.receiver.route;

import io.tidemark.bundle.BundleId;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.logging.LogScope;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.chain.Chain;
import io.tidemark.receiver.chain.Decision;
import io.tidemark.receiver.inbox.BundleVerifier;
import io.tidemark.receiver.inbox.Incoming;
import io.tidemark.receiver.inbox.Quarantine;
import io.tidemark.receiver.inbox.ReceivedBundle;
import io.tidemark.receiver.inbox.Verification;
import io.tidemark.receiver.inbox.VerifiedBundle;
import io.tidemark.receiver.load.LoadResult;
import io.tidemark.receiver.load.LoadStep;
import io.tidemark.receiver.load.SourceFacts;
import io.tidemark.receiver.load.partial.PartialLoader;
import io.tidemark.receiver.media.MediaHistory;
import io.tidemark.receiver.status.ReceiptFolder;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what was decided on one bundle: verify, place media, load, leave a receipt, file away. Every part may be run again. */
record BundleStep(
        Incoming incoming,
        BundleVerifier verifier,
        Quarantine quarantine,
        Archive archive,
        CompleteStep completes,
        PartialLoader partials,
        MediaStage media,
        MediaHistory history,
        ReceiptFolder receipts,
        Memory memory,
        CrashPoints crashPoints) {
    private static final Logger LOG = LoggerFactory.getLogger(BundleStep.class);

    /**
     * @param after the ledger as it is when the bundle was loaded
     * @param meanwhile what is done while a complete is staged
     */
    BundleOutcome act(
            Candidate candidate, Chain chain, SourceFacts facts, Supplier<SourceFacts> after, Meanwhile meanwhile)
            throws IOException {
        return inLoad(candidate, () -> decide(candidate, chain, facts, after, meanwhile));
    }

    private static BundleOutcome inLoad(Candidate candidate, LogScope.Work<BundleOutcome, IOException> work)
            throws IOException {
        return LogScope.inRoute("load", () -> LogScope.aboutBundle(candidate.id(), work));
    }

    private BundleOutcome decide(
            Candidate candidate, Chain chain, SourceFacts facts, Supplier<SourceFacts> after, Meanwhile meanwhile)
            throws IOException {
        Decision decision = chain.decide(candidate.place());
        if (decision instanceof Decision.Covered covered) {
            return settle(candidate, Optional.empty(), text(candidate, facts).covered(covered.reason()));
        }
        if (decision instanceof Decision.Refuse refuse) {
            TidemarkException failure = new TidemarkException(FailureCode.REFUSED, refuse.reason(), refuse.hint());
            return settle(candidate, Optional.empty(), text(candidate, facts).failed(failure));
        }
        if (decision instanceof Decision.Loaded && isOldComplete(candidate, facts)) {
            return settle(candidate, Optional.empty(), text(candidate, facts).covered("it was loaded before"));
        }
        return load(candidate, chain, facts, after, meanwhile);
    }

    private static boolean isOldComplete(Candidate candidate, SourceFacts facts) {
        return candidate.place().isComplete()
                && facts.state().isPresent()
                && candidate.id().sequence() < facts.state().get().completeSequence();
    }

    private BundleOutcome load(
            Candidate candidate, Chain chain, SourceFacts facts, Supplier<SourceFacts> after, Meanwhile meanwhile)
            throws IOException {
        Optional<VerifiedBundle> verified = Optional.empty();
        try {
            if (!candidate.place().isComplete()) {
                mayTry(candidate, facts);
                partials.check(candidate.manifest());
            }
            Verification verification = verifier.verify(candidate.bundle());
            if (!(verification instanceof VerifiedBundle bundle)) {
                return settle(candidate, verified, text(candidate, facts).unverified(verification));
            }
            verified = Optional.of(bundle);
            if (chain.forked(candidate.place())) {
                LOG.warn(
                        "bundle {}: the one before it came with another content; both cover the same changes",
                        candidate.id());
            }
            return candidate.place().isComplete()
                    ? complete(candidate, bundle, facts, after, meanwhile)
                    : partial(candidate, bundle, facts, after);
        } catch (TidemarkException failure) {
            return failed(candidate, failure, Optional.of(facts));
        }
    }

    /** A replica that did not take a partial a moment ago does not either now, unless something was loaded since. */
    private void mayTry(Candidate candidate, SourceFacts facts) {
        facts.state().flatMap(state -> memory.recent(candidate.id(), state)).ifPresent(failure -> {
            throw failure;
        });
    }

    private BundleOutcome partial(
            Candidate candidate, VerifiedBundle bundle, SourceFacts facts, Supplier<SourceFacts> after)
            throws IOException {
        MediaStage.Placed placed = media.placePartial(bundle, seen(candidate, facts));
        if (placed.work().isPresent()) {
            crashPoints.pass(LoadStep.MEDIA_READY);
        }
        LoadResult result = partials.load(bundle, candidate.received());
        media.removeGone(bundle, placed);
        if (placed.work().isPresent()) {
            crashPoints.pass(LoadStep.MEDIA_REMOVED);
        }
        return loaded(candidate, bundle, result, after);
    }

    /** The highest sequence that the last complete has seen the media of. */
    private long seen(Candidate candidate, SourceFacts facts) throws IOException {
        if (!candidate.manifest().listsMedia() || facts.state().isEmpty()) {
            return 0;
        }
        return memory.seen(candidate.id().source(), facts.state().get().completeSequence(), history::seenBy);
    }

    private BundleOutcome complete(
            Candidate candidate,
            VerifiedBundle bundle,
            SourceFacts facts,
            Supplier<SourceFacts> after,
            Meanwhile meanwhile)
            throws IOException {
        CompleteStep.Done done = completes.load(candidate, bundle, facts, after, meanwhile);
        if (done.loaded().isEmpty()) {
            LOG.warn("bundle {}: {}; the next complete can be merged", candidate.id(), done.overtaken());
            return settle(candidate, Optional.empty(), text(candidate, facts).covered(done.overtaken()));
        }
        LoadResult result = done.loaded().get();
        BundleOutcome outcome = loaded(candidate, bundle, result, after).repairing(done.repaired());
        completes.analyze(bundle, result);
        return outcome;
    }

    private BundleOutcome loaded(
            Candidate candidate, VerifiedBundle bundle, LoadResult result, Supplier<SourceFacts> after)
            throws IOException {
        LoadLog.tell(candidate.id(), result);
        return settle(
                candidate, Optional.of(bundle), text(candidate, after.get()).loaded(result));
    }

    BundleOutcome hold(Candidate candidate, Decision.Hold hold, SourceFacts facts) throws IOException {
        return inLoad(candidate, () -> told(candidate, hold, facts));
    }

    private BundleOutcome told(Candidate candidate, Decision.Hold hold, SourceFacts facts) throws IOException {
        TidemarkException failure = new TidemarkException(FailureCode.HELD, hold.reason(), hold.hint());
        if (!hold.gap() && memory.isNews(candidate.id(), failure.text())) {
            LOG.info("bundle {}: {}", candidate.id(), failure.text());
        }
        return settle(candidate, Optional.empty(), text(candidate, facts).failed(failure))
                .heldBy(hold.gap());
    }

    /** @param facts empty where the database is away, which says nothing */
    BundleOutcome failed(Candidate candidate, TidemarkException failure, Optional<SourceFacts> facts)
            throws IOException {
        if (failure.code() == FailureCode.DRIFT && facts.isPresent()) {
            facts.get().state().ifPresent(state -> {
                if (memory.recent(candidate.id(), state).isEmpty()) {
                    memory.failed(candidate.id(), state, failure);
                }
            });
        }
        SourceFacts known = facts.orElse(new SourceFacts(Optional.empty(), Map.of(), 0));
        return settle(candidate, Optional.empty(), text(candidate, known).failed(failure));
    }

    /** For a bundle whose manifest cannot be read. */
    BundleOutcome refuse(ReceivedBundle bundle, String reason) throws IOException {
        SourceFacts nothing = new SourceFacts(Optional.empty(), Map.of(), 0);
        String store = archive.blobs(bundle.id().source()).identity();
        BundleOutcome outcome =
                new ReceiptText(bundle.id(), store, "", null, nothing).unverified(new Verification.Refused(reason));
        LOG.error("bundle {}: {}", bundle.id(), reason);
        receipts.write(bundle.id(), outcome.receipt());
        crashPoints.pass(LoadStep.RECEIPT_WRITTEN);
        incoming.refuse(bundle.id(), reason, quarantine);
        return outcome;
    }

    private ReceiptText text(Candidate candidate, SourceFacts facts) throws IOException {
        return new ReceiptText(
                candidate.id(),
                archive.blobs(candidate.id().source()).identity(),
                candidate.place().manifest(),
                candidate.received(),
                facts);
    }

    /** Files away, forgets or keeps waiting; in this order nothing is lost if it is cut off. */
    private BundleOutcome settle(Candidate candidate, Optional<VerifiedBundle> verified, BundleOutcome outcome)
            throws IOException {
        BundleId id = candidate.id();
        outcome.failure().ifPresent(failure -> {
            if (memory.isNews(id, failure.text())) {
                LOG.error("bundle {}: {} (hint: {})", id, failure.text(), failure.hint());
            }
        });
        receipts.write(id, outcome.receipt());
        crashPoints.pass(LoadStep.RECEIPT_WRITTEN);
        switch (outcome.receipt().state()) {
            case LOADED -> {
                archive.add(verified.orElseThrow());
                incoming.forget(id);
                crashPoints.pass(LoadStep.BUNDLE_ARCHIVED);
                incoming.forgetBefore(id);
            }
            case COVERED -> {
                LOG.info("bundle {}: nothing to do: {}", id, outcome.receipt().reason());
                incoming.forget(id);
            }
            case REFUSED -> incoming.refuse(id, outcome.receipt().reason(), quarantine);
            case MISSING, HELD -> LOG.debug("bundle {} waits", id);
        }
        return outcome;
    }
}
