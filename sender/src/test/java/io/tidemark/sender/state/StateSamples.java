package io.tidemark.sender.state;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.VolumeName;
import io.tidemark.receipt.Receipt;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Values for the tests. */
final class StateSamples {
    static final Instant NOON = Instant.parse("2025-03-01T12:00:00Z");

    private StateSamples() {}

    static BundleId begin(SenderState state) {
        return state.begin("shop", BundleKind.COMPLETE, NOON, "scheduled");
    }

    static void seal(SenderState state, BundleId bundle) {
        state.seal(bundle, new Sealed(blob(bundle.sequence()).hex(), Optional.empty(), 10, 20, Duration.ofSeconds(3)));
    }

    /** A bundle with one volume that holds these, sealed and not pushed. */
    static BundleId sealedWith(SenderState state, BlobId... blobs) {
        BundleId bundle = begin(state);
        for (BlobId blob : blobs) {
            state.claim(blob, bundle.sequence());
        }
        state.noteVolume(new VolumeName(bundle, 1), List.of(blobs));
        seal(state, bundle);
        return bundle;
    }

    static BundleId pushedWith(SenderState state, BlobId... blobs) {
        BundleId bundle = sealedWith(state, blobs);
        state.volumePushed(new VolumeName(bundle, 1));
        state.volumePushed(VolumeName.last(bundle));
        return bundle;
    }

    static BlobId blob(long seed) {
        MessageDigest digest = BlobId.sha256();
        digest.update(ByteBuffer.allocate(8).putLong(0, seed));
        return BlobId.of(digest);
    }

    static Receipt receipt(BundleId bundle, Receipt.State state, String store, BlobId... missing) {
        return receipt(bundle, state, store, bundle.sequence(), false, missing);
    }

    static Receipt receipt(
            BundleId bundle, Receipt.State state, String store, long lastSequence, boolean more, BlobId... missing) {
        return new Receipt(
                bundle.name(),
                blob(1).hex(),
                state,
                store,
                lastSequence,
                "",
                "",
                List.of(missing),
                more,
                NOON,
                null,
                null,
                5,
                null,
                state == Receipt.State.LOADED,
                List.of());
    }
}
