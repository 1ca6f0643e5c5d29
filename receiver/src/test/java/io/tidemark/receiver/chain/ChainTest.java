package io.tidemark.receiver.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.position.Lsn;
import io.tidemark.position.SourceIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChainTest {
    private static final SourceIdentity HERE = new SourceIdentity("1", 5, 1);
    private static final SourceIdentity PROMOTED = new SourceIdentity("1", 5, 2);
    private static final Instant THEN = Instant.EPOCH;
    /** At 100, brought there by partial 7 after complete 5, which was cut at 80. */
    private static final SourceState STATE = new SourceState(new Lsn(100), HERE, new Lsn(80), 5, 7, "m7", THEN, THEN);

    private static Waiting partial(long sequence, long from, long to) {
        return waiting(sequence, HERE, from, to);
    }

    private static Waiting complete(long sequence, SourceIdentity identity, long cut) {
        return waiting(sequence, identity, -1, cut);
    }

    private static Waiting waiting(long sequence, SourceIdentity identity, long from, long to) {
        BundleKind kind = from < 0 ? BundleKind.COMPLETE : BundleKind.PARTIAL;
        BundleId id = new BundleId("shop", sequence, kind, THEN);
        return new Waiting(id, "m" + sequence, identity, from < 0 ? null : new Lsn(from), new Lsn(to), "m7");
    }

    private static Decision decide(Waiting bundle, Waiting... others) {
        return new Chain(Optional.of(STATE), Map.of(5L, "m5", 7L, "m7"), List.of(others)).decide(bundle);
    }

    @Test
    void beforeTheFirstCompletePartialsWaitAndAnyCompleteIsLoaded() {
        Chain chain = new Chain(Optional.empty(), Map.of(), List.of());
        assertThat(chain.decide(partial(1, 0, 10))).isInstanceOf(Decision.Hold.class);
        assertThat(chain.decide(complete(9, HERE, 10))).isInstanceOf(Decision.Load.class);
    }

    @Test
    void aPartialIsAppliedWhereItsRangeHoldsThePosition() {
        assertThat(decide(partial(8, 100, 101))).isInstanceOf(Decision.Load.class);
        assertThat(decide(partial(8, 20, 101))).as("overlapping").isInstanceOf(Decision.Load.class);
        assertThat(decide(partial(8, 20, 100))).as("up to here").isInstanceOf(Decision.Covered.class);
        assertThat(decide(partial(8, 101, 110))).as("beyond").isInstanceOf(Decision.Hold.class);
    }

    @Test
    void aGapNamesWhatIsMissing() {
        Waiting ninth = partial(9, 110, 120);
        assertThat(decide(partial(13, 130, 140), ninth, partial(13, 130, 140)))
                .isInstanceOfSatisfying(Decision.Hold.class, hold -> {
                    assertThat(hold.gap()).isTrue();
                    assertThat(hold.reason())
                            .isEqualTo("the changes from 0/64 to 0/82 have not come (missing: bundle 8, 10 to 12)");
                });
        assertThat(decide(partial(10, 120, 130), ninth))
                .isInstanceOfSatisfying(
                        Decision.Hold.class, hold -> assertThat(hold.gap()).isFalse());
    }

    @Test
    void aSequenceThatIsLoadedIsTheSameBundleOrRefused() {
        assertThat(decide(partial(7, 20, 100))).isInstanceOf(Decision.Loaded.class);
        Waiting other = new Waiting(partial(7, 20, 100).id(), "other", HERE, new Lsn(20), new Lsn(100), null);
        assertThat(decide(other)).isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void completesGoByPositionAndNotBySequence() {
        assertThat(decide(complete(6, HERE, 90))).as("late, behind partials").isInstanceOf(Decision.Load.class);
        assertThat(decide(complete(8, HERE, 79))).as("before the last one").isInstanceOf(Decision.Covered.class);
        assertThat(decide(complete(8, HERE, 200))).isInstanceOf(Decision.Load.class);
    }

    @Test
    void anotherDatabaseIsFollowedByACompleteAlone() {
        assertThat(decide(waiting(8, PROMOTED, 100, 110))).isInstanceOf(Decision.Hold.class);
        assertThat(decide(waiting(4, PROMOTED, 100, 110))).isInstanceOf(Decision.Covered.class);
        assertThat(decide(complete(8, PROMOTED, 10))).isInstanceOf(Decision.Load.class);
        assertThat(decide(complete(4, PROMOTED, 900))).isInstanceOf(Decision.Covered.class);
    }

    @Test
    void twoPartialsOfOneRangeAreSeen() {
        Chain chain = new Chain(Optional.of(STATE), Map.of(), List.of());
        assertThat(chain.forked(partial(8, 100, 110))).isFalse();
        Waiting fork = new Waiting(partial(8, 100, 110).id(), "m8", HERE, new Lsn(100), new Lsn(110), "x");
        assertThat(chain.forked(fork)).isTrue();
    }
}
