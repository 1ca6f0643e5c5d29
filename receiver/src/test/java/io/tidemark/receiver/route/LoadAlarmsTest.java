package io.tidemark.receiver.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.VolumeName;
import io.tidemark.crash.CrashPoints;
import io.tidemark.progress.Progress;
import io.tidemark.receipt.Receipt;
import io.tidemark.receiver.inbox.BlobStores;
import io.tidemark.receiver.inbox.Imported;
import io.tidemark.receiver.inbox.Inbox;
import io.tidemark.receiver.inbox.Incoming;
import io.tidemark.receiver.inbox.Quarantine;
import io.tidemark.receiver.inbox.VolumeImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadAlarmsTest {
    private static final BundleId COMPLETE = new BundleId("shop", 4, BundleKind.COMPLETE, Instant.EPOCH);

    @TempDir
    private Path folder;

    private final Told told = new Told();
    private final LoadAlarms alarms = new LoadAlarms(told);

    private void tell(List<Imported> volumes, BundleOutcome... outcomes) {
        alarms.tell(new LoadReport(volumes, List.of(outcomes)), Set.of());
    }

    private static BundleOutcome loaded(boolean equal, long repaired) {
        Receipt receipt = new Receipt(
                COMPLETE.name(),
                "ab".repeat(32),
                Receipt.State.LOADED,
                "store",
                COMPLETE.sequence(),
                "",
                "",
                List.<BlobId>of(),
                false,
                Instant.EPOCH,
                null,
                null,
                0,
                null,
                equal,
                List.of());
        return new BundleOutcome(COMPLETE, receipt, Optional.empty(), BundleOutcome.Held.NO, repaired);
    }

    private Intake intake() throws IOException {
        Inbox inbox = new Inbox(Files.createDirectories(folder.resolve("inbox")));
        VolumeImporter importer = new VolumeImporter(
                inbox,
                new Incoming(folder.resolve("incoming")),
                new BlobStores(folder.resolve("archive")),
                new Quarantine(folder.resolve("quarantine"), CrashPoints.none()),
                any -> true,
                Clock.systemUTC(),
                CrashPoints.none());
        return new Intake(inbox, importer, Progress.none(), told);
    }

    @Test
    void aFileThatIsNoVolumeIsAnAlarmUntilABundleIsLoaded() throws IOException {
        Intake intake = intake();
        intake.takeAll();
        assertThat(told.open).isEmpty();
        Files.writeString(folder.resolve("inbox/stranger.tar"), "no bundle");
        Files.writeString(folder.resolve("inbox/notes.txt"), "nobody takes that for one");
        intake.takeAll();
        assertThat(told.open).containsExactly("load.quarantine");
        assertThat(folder.resolve("quarantine")).isDirectoryRecursivelyContaining("glob:**/*stranger.tar");
        assertThat(folder.resolve("inbox")).isDirectoryNotContaining("glob:**.tar");
        tell(List.of());
        assertThat(told.open).as("a round without anything").containsExactly("load.quarantine");
        tell(List.of(), loaded(true, 0));
        assertThat(told.open).isEmpty();
    }

    @Test
    void aRefusedVolumeIsAnAlarmOfItsSourceUntilABundleIsLoaded() {
        tell(List.of(new Imported(new VolumeName(COMPLETE, 1), 512, 0, 0, "damaged")));
        assertThat(told.open).containsExactly("load.quarantine (shop)");
        tell(List.of(), loaded(true, 0));
        assertThat(told.open).isEmpty();
        assertThat(told.well).containsExactly("complete");
    }

    @Test
    void completesThatRepairOrDoNotProveAreToldUntilOneDoesNeither() {
        tell(List.of(), loaded(false, 0));
        assertThat(told.open).containsExactly("load.not-equal (shop)");
        assertThat(told.well).as("no watchdog is told that all is well").isEmpty();
        tell(List.of(), loaded(true, 3));
        assertThat(told.open).containsExactly("load.repaired (shop)");
        tell(List.of(), loaded(true, 0));
        assertThat(told.open).isEmpty();
    }

    @Test
    void whatGoesWellWhileACompleteIsStagedEndsNoIncident() {
        alarms.tellMeanwhile(new LoadReport(List.of(), List.of()));
        alarms.tellMeanwhile(new LoadReport(List.of(), List.of(loaded(true, 0))));
        assertThat(told.well).contains("complete");
        assertThat(told.succeeded).isEmpty();
        tell(List.of());
        assertThat(told.succeeded).contains("load/", "load/shop");
    }
}
