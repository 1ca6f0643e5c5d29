package io.tidemark.sender.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.alarm.Silence;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.VolumeName;
import io.tidemark.receipt.Receipt;
import io.tidemark.sender.state.Sealed;
import io.tidemark.sender.state.SenderState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    private static final Expectations ALL = new Expectations(
            Optional.of(Duration.ofHours(30)), Optional.of(Duration.ofMinutes(15)), Optional.of(Duration.ofHours(3)));

    @TempDir
    private Path folder;

    private final MovedClock clock = new MovedClock();
    private final Told told = new Told();

    @SuppressWarnings("NullAway.Init")
    private SenderState state;

    @SuppressWarnings("NullAway.Init")
    private Watch watch;

    @BeforeEach
    void open() {
        state = SenderState.open(folder);
        Silence silence = new Silence(told, folder, clock, clock::nanos);
        watch = new Watch(state, told, silence, ALL, clock::nanos);
    }

    @AfterEach
    void close() {
        state.close();
    }

    private void pass(Duration time) {
        clock.move(time);
        watch.look();
    }

    private BundleId complete() {
        BundleId bundle = state.begin("shop", BundleKind.COMPLETE, clock.instant(), "scheduled");
        state.seal(bundle, new Sealed("ab".repeat(32), Optional.empty(), 10, 20, Duration.ofSeconds(3)));
        return bundle;
    }

    private BundleId pushed() {
        BundleId bundle = complete();
        state.volumePushed(VolumeName.last(bundle));
        return bundle;
    }

    private void loaded(BundleId bundle, boolean equal) {
        state.receipt(new Receipt(
                bundle.name(),
                "ab".repeat(32),
                Receipt.State.LOADED,
                "store",
                bundle.sequence(),
                "",
                "",
                List.of(),
                false,
                Instant.EPOCH,
                null,
                null,
                0,
                null,
                equal,
                List.of()));
    }

    @Test
    void aCompleteThatDoesNotComeIsToldUntilOneIsMade() {
        watch.looked();
        pass(Duration.ofHours(29));
        assertThat(told.open).doesNotContain("complete.silent");
        pass(Duration.ofHours(2));
        assertThat(told.open).contains("complete.silent");
        complete();
        pass(Duration.ofSeconds(5));
        assertThat(told.open).doesNotContain("complete.silent");
    }

    @Test
    void silenceIsNoNewsWherePeopleKnowTheReason() {
        told.troubled.add("complete");
        told.troubled.add("partial");
        pass(Duration.ofHours(31));
        assertThat(told.open).isEmpty();
        told.troubled.clear();
        pass(Duration.ofMinutes(16));
        assertThat(told.open).containsExactly("partial.silent");
    }

    @Test
    void nobodyWhoLooksForChangesIsTold() {
        for (int i = 0; i < 5; i++) {
            watch.looked();
            pass(Duration.ofMinutes(10));
            assertThat(told.open).isEmpty();
        }
        pass(Duration.ofMinutes(16));
        assertThat(told.open).containsExactly("partial.silent");
    }

    @Test
    void whatIsPushedAndNeverLoadedIsToldUnlessTheLinkIsDown() {
        watch.look();
        BundleId bundle = pushed();
        told.troubled.add("link");
        pass(Duration.ofHours(4));
        assertThat(told.open).doesNotContain("receipts.silent");
        told.troubled.clear();
        pass(Duration.ofHours(4));
        assertThat(told.open).contains("receipts.silent");
        loaded(bundle, true);
        pass(Duration.ofSeconds(5));
        assertThat(told.open).doesNotContain("receipts.silent");
    }

    @Test
    void aReplicaThatIsNotProvenEqualIsToldUntilACompleteProvesIt() {
        loaded(pushed(), false);
        pass(Duration.ofSeconds(5));
        assertThat(told.open).containsExactly("receipts.not-equal");
        BundleId next = pushed();
        pass(Duration.ofSeconds(5));
        assertThat(told.open).as("until it is loaded").containsExactly("receipts.not-equal");
        loaded(next, true);
        pass(Duration.ofSeconds(5));
        assertThat(told.open).isEmpty();
    }

    @Test
    void aCompleteThatIsNeededIsToldAtOnceAndARoutineOneWhenItDoesNotCome() {
        state.chain().requestComplete("the slot is lost");
        watch.look();
        assertThat(told.open).as("before the first complete").isEmpty();
        complete();
        state.chain().requestComplete("the slot is lost");
        watch.look();
        assertThat(told.open).containsExactly("complete.complete-needed");
        complete();
        watch.look();
        assertThat(told.open).isEmpty();

        state.chain().requestComplete("new tables: public.t");
        watch.looked();
        pass(Duration.ofMinutes(9));
        assertThat(told.open).isEmpty();
        watch.looked();
        pass(Duration.ofMinutes(9));
        watch.looked();
        pass(Duration.ofMinutes(9));
        assertThat(told.open).containsExactly("complete.complete-needed");
    }
}
