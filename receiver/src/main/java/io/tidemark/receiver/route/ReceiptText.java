package io.tidemark.receiver.route;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleId;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receipt.Receipt;
import io.tidemark.receipt.Receipt.State;
import io.tidemark.receiver.inbox.Verification;
import io.tidemark.receiver.load.LoadResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Words what became of one bundle, for the sender and for people.
 *
 * @param store the identity of the store that its contents are in
 */
record ReceiptText(BundleId bundle, String store) {
    BundleOutcome unverified(Verification verification) {
        if (verification instanceof Verification.MissingBlobs missing) {
            TidemarkException held = failure(
                    FailureCode.HELD,
                    (missing.more() ? "more than " : "") + missing.blobs().size() + " contents are missing",
                    "the receipt names them and the sender's next complete brings them; nothing has to be done");
            return outcome(receipt("", State.MISSING, null, held, missing.blobs(), missing.more()), held);
        }
        if (verification instanceof Verification.MissingVolumes missing) {
            TidemarkException held = failure(
                    FailureCode.HELD,
                    "volumes are missing: " + String.join(", ", missing.names()),
                    "they are under way or lie in quarantine; the next complete replaces this one");
            return outcome(receipt("", State.HELD, null, held, List.of(), true), held);
        }
        String reason = verification instanceof Verification.Refused refused ? refused.reason() : "not verified";
        TidemarkException refused =
                failure(FailureCode.REFUSED, reason, "it lies in quarantine; the next complete replaces it");
        return outcome(receipt("", State.REFUSED, null, refused, List.of(), false), refused);
    }

    /** @param last the highest sequence that is loaded, so that a sender which lost its count goes on from there */
    BundleOutcome covered(String manifest, Instant received, long last) {
        return new BundleOutcome(
                bundle,
                receipt(manifest, State.COVERED, received, null, List.of(), false)
                        .withLastSequence(last),
                Optional.empty());
    }

    BundleOutcome loaded(String manifest, Instant received, LoadResult result) {
        return new BundleOutcome(
                bundle,
                new Receipt(
                        bundle.name(),
                        manifest,
                        State.LOADED,
                        store,
                        bundle.sequence(),
                        "",
                        "",
                        List.of(),
                        false,
                        received,
                        result.started(),
                        result.loaded(),
                        result.took().toMillis(),
                        null,
                        result.equal(),
                        result.tables()),
                Optional.empty());
    }

    /** @param last the highest sequence that is loaded or tried */
    BundleOutcome failed(String manifest, Instant received, TidemarkException failure, long last) {
        State state = failure.code() == FailureCode.REFUSED ? State.REFUSED : State.HELD;
        return outcome(
                receipt(manifest, state, received, failure, List.of(), false).withLastSequence(last), failure);
    }

    private Receipt receipt(
            String manifest,
            State state,
            @Nullable Instant received,
            @Nullable TidemarkException why,
            List<BlobId> missing,
            boolean more) {
        return new Receipt(
                bundle.name(),
                manifest,
                state,
                store,
                bundle.sequence(),
                why == null ? "" : why.text(),
                why == null ? "" : why.hint(),
                missing,
                more,
                received,
                null,
                null,
                0,
                null,
                false,
                List.of());
    }

    private BundleOutcome outcome(Receipt receipt, TidemarkException failure) {
        return new BundleOutcome(bundle, receipt, Optional.of(failure));
    }

    private static TidemarkException failure(FailureCode code, String message, String hint) {
        return new TidemarkException(code, message, hint);
    }
}
