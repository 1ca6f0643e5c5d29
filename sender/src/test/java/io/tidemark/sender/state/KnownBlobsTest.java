package io.tidemark.sender.state;

import static io.tidemark.sender.state.StateSamples.begin;
import static io.tidemark.sender.state.StateSamples.blob;
import static io.tidemark.sender.state.StateSamples.pushedWith;
import static io.tidemark.sender.state.StateSamples.receipt;
import static io.tidemark.sender.state.StateSamples.seal;
import static io.tidemark.sender.state.StateSamples.sealedWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.VolumeName;
import io.tidemark.receipt.Receipt.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KnownBlobsTest {
    @TempDir
    Path folder;

    private SenderState state;

    @BeforeEach
    void open() {
        state = SenderState.open(folder);
    }

    @AfterEach
    void close() {
        state.close();
    }

    @Test
    void aContentIsClaimedOncePerBundleByOneOfManyThreads() throws Exception {
        long sequence = begin(state).sequence();
        AtomicInteger claims = new AtomicInteger();
        Callable<Boolean> worker = () -> {
            for (int i = 0; i < 500; i++) {
                if (state.claim(blob(i), sequence)) {
                    claims.incrementAndGet();
                }
            }
            return true;
        };
        ExecutorService workers = Executors.newFixedThreadPool(4);
        try {
            for (Future<Boolean> done : workers.invokeAll(List.of(worker, worker, worker, worker))) {
                done.get();
            }
        } finally {
            workers.shutdown();
        }
        assertThat(claims).hasValue(500);
    }

    @Test
    void whatTheLastBundleCarriesIsNotClaimedAgain() {
        sealedWith(state, blob(1));
        assertThat(state.known(blob(1)))
                .as("known while its volume waits in the outbox")
                .isTrue();
        assertThat(state.claim(blob(1), begin(state).sequence())).isFalse();
    }

    @Test
    void whatABundleThatIsNotYetSealedCarriesIsClaimedByOthers() {
        BundleId complete = begin(state);
        state.claim(blob(1), complete.sequence());
        state.noteVolume(new VolumeName(complete, 1), List.of(blob(1)));
        assertThat(state.claim(blob(1), begin(state).sequence())).isTrue();
    }

    @Test
    void aBundleGivenUpLeavesOnlyWhatWasPushed() {
        BundleId bundle = begin(state);
        for (int i = 1; i <= 3; i++) {
            state.claim(blob(i), bundle.sequence());
        }
        state.noteVolume(new VolumeName(bundle, 1), List.of(blob(1)));
        state.noteVolume(new VolumeName(bundle, 2), List.of(blob(2)));
        state.volumePushed(new VolumeName(bundle, 1));
        state.giveUp(bundle);
        state.volumePushed(new VolumeName(bundle, 2));
        assertThat(List.of(state.known(blob(1)), state.known(blob(2)), state.known(blob(3))))
                .containsExactly(true, false, false);
        assertThat(state.claim(blob(2), begin(state).sequence())).isTrue();
    }

    @Test
    void aSealedBundleThatNeverReachedTheOutboxWhollyLeavesNothingUnpushed() {
        BundleId bundle = sealedWith(state, blob(1));
        state.giveUp(bundle);
        assertThat(state.known(blob(1))).isFalse();
        assertThat(state.lastSealed()).isEmpty();
    }

    @Test
    void aCompleteForgetsWhatItDoesNotName() {
        pushedWith(state, blob(1), blob(2), blob(3));
        BundleId next = begin(state);
        assertThat(state.claim(blob(1), next.sequence())).isFalse();
        assertThat(state.claim(blob(4), next.sequence())).isTrue();
        state.noteVolume(new VolumeName(next, 1), List.of(blob(4)));
        state.volumePushed(new VolumeName(next, 1));
        assertThat(state.known(blob(2))).as("until the complete is whole").isTrue();
        seal(state, next);
        assertThat(List.of(state.known(blob(1)), state.known(blob(2)), state.known(blob(3)), state.known(blob(4))))
                .as("a receiver may remove contents that the last complete does not name")
                .containsExactly(true, false, false, true);
    }

    @Test
    void ofMediaACompleteNamesWhatWasThere() {
        pushedWith(state, blob(1), blob(2));
        BundleId next = begin(state);
        state.media()
                .note(List.of(
                        new MediaCatalogue.Seen(file("there", blob(1))),
                        new MediaCatalogue.Seen(file("gone since partials told of it", blob(2)))));
        state.media()
                .note(List.of(
                        new MediaCatalogue.Forgotten("gone since partials told of it"),
                        new MediaCatalogue.Unsure("gone since partials told of it", next.sequence())));
        seal(state, next);
        assertThat(List.of(state.known(blob(1)), state.known(blob(2)))).containsExactly(true, false);
    }

    private static MediaFile file(String path, BlobId blob) {
        return new MediaFile(path, 5, 7, 9, Optional.of(blob), true, MediaFile.Said.NOTHING);
    }

    @Test
    void whatWaitsForTheLinkIsForgottenTheSameWay() {
        BundleId waiting = sealedWith(state, blob(1));
        seal(state, begin(state));
        assertThat(state.known(blob(1))).as("in the outbox").isFalse();
        state.volumePushed(new VolumeName(waiting, 1));
        assertThat(state.known(blob(1))).as("pushed").isFalse();
    }

    @Test
    void whatACompleteNamedThatWasGivenUpDoesNotCount() {
        pushedWith(state, blob(1), blob(2));
        BundleId givenUp = begin(state);
        state.claim(blob(1), givenUp.sequence());
        state.giveUp(givenUp);
        BundleId next = begin(state);
        state.claim(blob(2), next.sequence());
        seal(state, next);
        assertThat(List.of(state.known(blob(1)), state.known(blob(2)))).containsExactly(false, true);
    }

    @Test
    void missingContentsAreSentAgainAndOnlyThese() {
        BundleId bundle = pushedWith(state, blob(1), blob(2));
        state.receipt(receipt(bundle, State.MISSING, "a", blob(1)));
        assertThat(List.of(state.known(blob(1)), state.known(blob(2)))).containsExactly(false, true);
    }

    @Test
    void contentsMissingInAnOlderBundleAndSentSinceStayKnown() {
        BundleId first = pushedWith(state, blob(1));
        state.receipt(receipt(first, State.MISSING, "a", blob(1)));
        BundleId second = pushedWith(state, blob(1));
        state.receipt(receipt(first, State.MISSING, "a", second.sequence(), true, blob(1)));
        assertThat(state.known(blob(1))).isTrue();
    }

    @Test
    void aContentForgottenWhileItsBundleIsWrittenIsNotWrittenTwice() {
        BundleId bundle = begin(state);
        state.claim(blob(1), bundle.sequence());
        state.noteVolume(new VolumeName(bundle, 1), List.of(blob(1)));
        state.volumePushed(new VolumeName(bundle, 1));
        state.forgetAll();
        assertThat(state.claim(blob(1), bundle.sequence())).isFalse();
        seal(state, bundle);
        assertThat(state.claim(blob(1), begin(state).sequence()))
                .as("in the next bundle")
                .isTrue();
    }

    @Test
    void moreMissingThanCanBeListedForgetsEverything() {
        BundleId bundle = pushedWith(state, blob(1), blob(2));
        state.receipt(receipt(bundle, State.MISSING, "a", 1, true, blob(1)));
        assertThat(state.known(blob(2))).isFalse();
    }

    @Test
    void aReceiverThatLostItsArchiveGetsEverythingAgain() {
        BundleId first = pushedWith(state, blob(1), blob(2));
        state.receipt(receipt(first, State.LOADED, "a"));
        assertThat(state.known(blob(1))).isTrue();
        BundleId second = pushedWith(state, blob(3));
        state.receipt(receipt(second, State.MISSING, "b", blob(1), blob(2)));
        assertThat(List.of(state.known(blob(1)), state.known(blob(2)), state.known(blob(3))))
                .containsOnly(false);
        BundleId third = pushedWith(state, blob(1), blob(2), blob(3));
        state.receipt(receipt(third, State.LOADED, "b"));
        state.receipt(receipt(first, State.COVERED, "a"));
        assertThat(List.of(state.known(blob(1)), state.known(blob(2)), state.known(blob(3))))
                .as("a receipt of an old bundle, which names the lost store, changes nothing")
                .containsOnly(true);
    }

    @Test
    void anotherStoreHoldsWhatWasLoadedFromIt() {
        state.receipt(receipt(pushedWith(state, blob(1)), State.LOADED, "a"));
        state.receipt(receipt(pushedWith(state, blob(2)), State.LOADED, "b"));
        assertThat(List.of(state.known(blob(1)), state.known(blob(2)))).containsExactly(false, true);
    }

    @Test
    void theStoresOwnNoteForgetsBeforeAnythingFails() {
        pushedWith(state, blob(1));
        state.storeSeen("a");
        assertThat(state.known(blob(1))).as("first sight of a store").isTrue();
        state.storeSeen("b");
        assertThat(state.known(blob(1))).isFalse();
        assertThat(state.store()).contains("b");
    }

    @Test
    void aRefusedBundleCarriedNothing() {
        pushedWith(state, blob(1));
        BundleId refused = begin(state);
        state.claim(blob(1), refused.sequence());
        state.claim(blob(2), refused.sequence());
        state.noteVolume(new VolumeName(refused, 1), List.of(blob(2)));
        seal(state, refused);
        state.volumePushed(new VolumeName(refused, 1));
        state.receipt(receipt(refused, State.REFUSED, "a"));
        assertThat(List.of(state.known(blob(1)), state.known(blob(2)))).containsExactly(true, false);
    }

    @Test
    void aSenderThatLostItsStateTakesTheSequenceFromReceipts() {
        BundleId old = new BundleId("shop", 17, io.tidemark.bundle.BundleKind.COMPLETE, StateSamples.NOON);
        assertThat(state.receipt(receipt(old, State.LOADED, "a", 19, false))).isTrue();
        assertThat(state.receipt(receipt(old, State.LOADED, "a", 19, false)))
                .as("again")
                .isFalse();
        assertThat(begin(state).sequence()).isEqualTo(20);
        assertThat(state.bundles()).hasSize(1);
    }

    @Test
    @Timeout(30)
    void aHundredThousandContentsAreNoBurden() {
        BundleId bundle = begin(state);
        for (int volume = 1; volume <= 10; volume++) {
            List<BlobId> blobs = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                BlobId blob = blob(volume * 10_000L + i);
                assertThat(state.claim(blob, bundle.sequence())).isTrue();
                blobs.add(blob);
            }
            state.noteVolume(new VolumeName(bundle, volume), blobs);
            state.volumePushed(new VolumeName(bundle, volume));
        }
        assertThat(state.known(blob(10_000))).isTrue();
    }
}
