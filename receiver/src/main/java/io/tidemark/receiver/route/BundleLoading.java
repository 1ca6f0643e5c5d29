package io.tidemark.receiver.route;

import io.tidemark.bundle.BundleId;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.inbox.BundleVerifier;
import io.tidemark.receiver.inbox.Incoming;
import io.tidemark.receiver.inbox.Quarantine;
import io.tidemark.receiver.inbox.ReceivedBundle;
import io.tidemark.receiver.inbox.Verification;
import io.tidemark.receiver.inbox.VerifiedBundle;
import io.tidemark.receiver.load.CompleteLoader;
import io.tidemark.receiver.load.LoadResult;
import io.tidemark.receiver.load.LoadStep;
import io.tidemark.receiver.status.ReceiptFolder;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step that loads what waits, oldest first: verify, place media, load, leave a receipt, remove media that are gone, file away. Each part
 * may be run again, so a kill between two of them is healed by the next round.
 */
final class BundleLoading {
    private static final Logger LOG = LoggerFactory.getLogger(BundleLoading.class);

    private final Incoming incoming;
    private final BundleVerifier verifier;
    private final Quarantine quarantine;
    private final Archive archive;
    private final CompleteLoader loader;
    private final MediaStage media;
    private final ReceiptFolder receipts;
    private final CrashPoints crashPoints;

    BundleLoading(
            Incoming incoming,
            BundleVerifier verifier,
            Quarantine quarantine,
            Archive archive,
            CompleteLoader loader,
            MediaStage media,
            ReceiptFolder receipts,
            CrashPoints crashPoints) {
        this.incoming = incoming;
        this.verifier = verifier;
        this.quarantine = quarantine;
        this.archive = archive;
        this.loader = loader;
        this.media = media;
        this.receipts = receipts;
        this.crashPoints = crashPoints;
    }

    /** A bundle that cannot be loaded holds no later one up: a later complete replaces it. */
    List<BundleOutcome> loadAll() {
        List<BundleOutcome> outcomes = new ArrayList<>();
        try {
            for (ReceivedBundle bundle : incoming.waiting()) {
                outcomes.add(load(bundle));
            }
            return outcomes;
        } catch (IOException failure) {
            throw new TidemarkException(
                    Intake.Failures.code(failure),
                    "cannot load what waits: " + failure.getMessage(),
                    Intake.Failures.hint(failure, "check work.folder, archive.folder and receipts.folder"),
                    failure);
        }
    }

    private BundleOutcome load(ReceivedBundle bundle) throws IOException {
        ReceiptText text =
                new ReceiptText(bundle.id(), archive.blobs(bundle.id().source()).identity());
        Verification verification = verifier.verify(bundle);
        Optional<VerifiedBundle> verified =
                verification instanceof VerifiedBundle whole ? Optional.of(whole) : Optional.empty();
        BundleOutcome outcome =
                verified.isPresent() ? load(verified.get(), received(bundle), text) : text.unverified(verification);
        outcome.failure()
                .ifPresent(
                        failure -> LOG.error("bundle {}: {} (hint: {})", bundle.id(), failure.text(), failure.hint()));
        receipts.write(bundle.id(), outcome.receipt());
        crashPoints.pass(LoadStep.RECEIPT_WRITTEN);
        settle(bundle, verified, outcome);
        return outcome;
    }

    private BundleOutcome load(VerifiedBundle bundle, Instant received, ReceiptText text) throws IOException {
        try {
            if (loader.covered(bundle)) {
                return text.covered(
                        bundle.manifestSha256(),
                        received,
                        loader.lastSequence(bundle.id().source()));
            }
            MediaStage.Placed placed = media.place(bundle);
            crashPoints.pass(LoadStep.MEDIA_READY);
            LoadResult result = loader.load(bundle, received, this::earlier);
            media.removeGone(bundle, placed);
            crashPoints.pass(LoadStep.MEDIA_REMOVED);
            log(bundle.id(), result);
            return text.loaded(bundle.manifestSha256(), received, result);
        } catch (TidemarkException failure) {
            return text.failed(bundle.manifestSha256(), received, failure, last(bundle.id()));
        }
    }

    /** A database that is away has said nothing. */
    private long last(BundleId bundle) {
        try {
            return Math.max(bundle.sequence(), loader.lastSequence(bundle.source()));
        } catch (TidemarkException away) {
            return bundle.sequence();
        }
    }

    private static Instant received(ReceivedBundle bundle) {
        return bundle.volumes().get(bundle.volumes().size() - 1).received();
    }

    private Optional<BundleFolder> earlier(String name) throws IOException {
        Optional<BundleId> id = BundleId.parse(name);
        return id.isPresent() ? archive.open(id.get()) : Optional.empty();
    }

    /** Files away, forgets or keeps waiting; in this order nothing is lost if it is cut off. */
    private void settle(ReceivedBundle bundle, Optional<VerifiedBundle> verified, BundleOutcome outcome)
            throws IOException {
        switch (outcome.receipt().state()) {
            case LOADED -> {
                archive.add(verified.orElseThrow());
                incoming.forget(bundle.id());
                crashPoints.pass(LoadStep.BUNDLE_ARCHIVED);
                incoming.forgetBefore(bundle.id().source(), bundle.id().sequence());
            }
            case COVERED -> incoming.forget(bundle.id());
            case REFUSED -> incoming.refuse(bundle.id(), outcome.receipt().reason(), quarantine);
            case MISSING, HELD -> LOG.info("bundle {} waits", bundle.id());
        }
    }

    private static void log(BundleId bundle, LoadResult result) {
        result.tables().stream()
                .filter(table -> table.inserted() + table.updated() + table.deleted() > 0)
                .forEach(table -> LOG.info(
                        "bundle {}: table {}.{}: {} inserted, {} updated, {} deleted",
                        bundle,
                        table.schema(),
                        table.name(),
                        table.inserted(),
                        table.updated(),
                        table.deleted()));
        LOG.info(
                "bundle {}: loaded in {} ms: {} rows inserted, {} updated, {} deleted; equal to the primary: {}",
                bundle,
                result.took().toMillis(),
                result.inserted(),
                result.updated(),
                result.deleted(),
                result.equal());
    }
}
