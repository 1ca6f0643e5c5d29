package io.tidemark.receiver.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.VolumeName;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.inbox.Imported;
import io.tidemark.receiver.inbox.Verification;
import io.tidemark.receiver.load.SourceFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadReportTest {
    private static final BundleId FIRST = new BundleId("transapp", 1, BundleKind.COMPLETE, Instant.EPOCH);
    private static final BundleId SECOND = new BundleId("transapp", 2, BundleKind.COMPLETE, Instant.EPOCH);

    @Test
    void aRefusedVolumeMattersMoreThanTheBundleThatWaitsForIt() {
        assertThat(new LoadReport(List.of(refused(FIRST)), List.of(waiting(FIRST))).failure())
                .map(TidemarkException::code)
                .contains(FailureCode.REFUSED);
    }

    @Test
    void aBundleThatWaitsForWhatHasNotComeIsHeld() {
        assertThat(new LoadReport(List.of(), List.of(waiting(FIRST))).failure())
                .map(TidemarkException::code)
                .contains(FailureCode.HELD);
    }

    @Test
    void aRefusedVolumeOfABundleThatALaterOneReplacedIsNoFailure() {
        BundleOutcome loaded = text(SECOND).covered("a later one is loaded");

        assertThat(new LoadReport(List.of(refused(FIRST)), List.of(waiting(FIRST), loaded)).failure())
                .isEmpty();
    }

    private static Imported refused(BundleId bundle) {
        return new Imported(new VolumeName(bundle, 1), 512, 0, 0, "damaged");
    }

    private static BundleOutcome waiting(BundleId bundle) {
        return text(bundle).unverified(new Verification.MissingVolumes(List.of(new VolumeName(bundle, 1).fileName())));
    }

    private static ReceiptText text(BundleId bundle) {
        return new ReceiptText(bundle, "store", "", null, new SourceFacts(Optional.empty(), Map.of(), 0));
    }
}
