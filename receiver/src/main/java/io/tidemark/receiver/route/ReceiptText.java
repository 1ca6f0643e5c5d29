package io.tidemark.receiver.route;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleId;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.position.Lsn;
import io.tidemark.receipt.Receipt;
import io.tidemark.receipt.Receipt.State;
import io.tidemark.receiver.chain.SourceState;
import io.tidemark.receiver.inbox.Verification;
import io.tidemark.receiver.load.LoadResult;
import io.tidemark.receiver.load.SourceFacts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Words what became of one bundle, for the sender and for people.
 *
 * @param store the identity of the store that its contents are in
 * @param manifest SHA-256 of its manifest; empty where that cannot be read
 * @param received when its last volume came
 * @param facts what the ledger says of its source
 */
record ReceiptText(
        BundleId bundle,
        String store,
        String manifest,
        @Nullable Instant received,
        SourceFacts facts) {
    BundleOutcome unverified(Verification verification) {
        if (verification instanceof Verification.MissingBlobs missing) {
            TidemarkException held = failure(
                    FailureCode.HELD,
                    (missing.more() ? "more than " : "") + missing.blobs().size() + " contents are missing",
                    "the receipt names them and the sender's next complete brings them; nothing has to be done");
            return outcome(receipt(State.MISSING, held, missing.blobs(), missing.more()), held);
        }
        if (verification instanceof Verification.MissingVolumes missing) {
            TidemarkException held = failure(
                    FailureCode.HELD,
                    "volumes are missing: " + String.join(", ", missing.names()),
                    "they are under way or lie in quarantine; the next complete replaces this one");
            return outcome(receipt(State.HELD, held, List.of(), true), held);
        }
        String reason = verification instanceof Verification.Refused refused ? refused.reason() : "not verified";
        TidemarkException refused =
                failure(FailureCode.REFUSED, reason, "it lies in quarantine; the next complete replaces it");
        return outcome(receipt(State.REFUSED, refused, List.of(), false), refused);
    }

    BundleOutcome covered(String reason) {
        TidemarkException why = failure(FailureCode.HELD, reason, "nothing has to be done");
        return new BundleOutcome(bundle, receipt(State.COVERED, why, List.of(), false), Optional.empty());
    }

    BundleOutcome loaded(LoadResult result) {
        return new BundleOutcome(
                bundle,
                new Receipt(
                        bundle.name(),
                        manifest,
                        State.LOADED,
                        store,
                        last(State.LOADED),
                        "",
                        "",
                        List.of(),
                        false,
                        received,
                        result.started(),
                        result.loaded(),
                        result.took().toMillis(),
                        position(),
                        result.equal(),
                        result.tables()),
                Optional.empty());
    }

    BundleOutcome failed(TidemarkException failure) {
        State state = failure.code() == FailureCode.REFUSED ? State.REFUSED : State.HELD;
        return outcome(receipt(state, failure, List.of(), false), failure);
    }

    private Receipt receipt(State state, TidemarkException why, List<BlobId> missing, boolean more) {
        return new Receipt(
                bundle.name(),
                manifest,
                state,
                store,
                last(state),
                why.text(),
                why.hint(),
                missing,
                more,
                received,
                null,
                null,
                0,
                position(),
                false,
                List.of());
    }

    private @Nullable Lsn position() {
        return facts.state().map(SourceState::position).orElse(null);
    }

    /** The highest sequence that is loaded or tried, so that a sender which lost its count goes on from there. */
    private long last(State state) {
        return state == State.COVERED ? facts.lastSequence() : Math.max(bundle.sequence(), facts.lastSequence());
    }

    private BundleOutcome outcome(Receipt receipt, TidemarkException failure) {
        return new BundleOutcome(bundle, receipt, Optional.of(failure));
    }

    private static TidemarkException failure(FailureCode code, String message, String hint) {
        return new TidemarkException(code, message, hint);
    }
}
