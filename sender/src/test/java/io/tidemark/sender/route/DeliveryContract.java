package io.tidemark.sender.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.bundle.VolumeName;
import io.tidemark.check.Finding;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.json.StrictJson;
import io.tidemark.receipt.ReceiptFiles;
import io.tidemark.sender.route.link.Remote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds on every transport. */
abstract class DeliveryContract {
    @TempDir
    Path folder;

    Workshop workshop;
    /** The remote folders as they lie on this machine's disk. */
    Path inbox;

    Path receipts;

    /** {@code inbox} and {@code receipts} below {@code remoteRoot}, which holds them. */
    abstract Remote remote(Path remoteRoot);

    @BeforeEach
    void open() throws IOException {
        workshop = new Workshop(Files.createDirectory(folder.resolve("work")));
        inbox = Files.createDirectories(folder.resolve("remote/inbox"));
        receipts = Files.createDirectories(folder.resolve("remote/receipts"));
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    Remote remote() {
        return remote(folder.resolve("remote"));
    }

    PushResult push() {
        try (SenderNode node = workshop.node(remote())) {
            return node.push();
        }
    }

    List<String> arrived() throws IOException {
        try (Stream<Path> files = Files.list(inbox)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void everyVolumeArrivesUnchangedAndLeavesTheOutbox() throws IOException {
        VolumeName blobs = workshop.fill(1, 1, 300_000);
        VolumeName last = workshop.fill(1, VolumeName.LAST, 5_000);
        byte[] content = Files.readAllBytes(workshop.outbox.file(blobs));
        PushResult result = push();
        assertThat(result.failure()).isEmpty();
        assertThat(result.volumes()).isEqualTo(2);
        assertThat(result.bytes()).isEqualTo(305_000);
        assertThat(arrived()).containsExactlyInAnyOrder(blobs.fileName(), last.fileName());
        assertThat(inbox.resolve(blobs.fileName())).hasBinaryContent(content);
        assertThat(workshop.outbox.waiting()).isEmpty();
    }

    @Test
    void nothingToPushIsDone() {
        PushResult result = push();
        assertThat(result.failure()).isEmpty();
        assertThat(result.volumes()).isZero();
    }

    @Test
    void aLongerRestOfAnEarlierTryIsOverwritten() throws IOException {
        VolumeName volume = workshop.fill(1, 1, 1_000);
        Files.write(inbox.resolve(volume.fileName() + ".part"), new byte[50_000]);
        assertThat(push().failure()).isEmpty();
        assertThat(inbox.resolve(volume.fileName())).hasSize(1_000);
        assertThat(arrived()).containsExactly(volume.fileName());
    }

    @Test
    void aVolumeThatIsThereAlreadyIsNotSentAgain() throws IOException {
        VolumeName volume = workshop.fill(1, 1, 200_000);
        Files.copy(workshop.outbox.file(volume), inbox.resolve(volume.fileName()));
        Object before = Files.readAttributes(inbox.resolve(volume.fileName()), "unix:ino");
        assertThat(push().failure()).isEmpty();
        assertThat((Object) Files.readAttributes(inbox.resolve(volume.fileName()), "unix:ino"))
                .as("the file itself")
                .isEqualTo(before);
        assertThat(workshop.outbox.waiting()).isEmpty();
    }

    @Test
    void anotherContentUnderTheSameNameIsReplaced() throws IOException {
        VolumeName volume = workshop.fill(1, 1, 2_000);
        byte[] content = Files.readAllBytes(workshop.outbox.file(volume));
        Files.write(inbox.resolve(volume.fileName()), new byte[2_000]);
        assertThat(push().failure()).isEmpty();
        assertThat(inbox.resolve(volume.fileName())).hasBinaryContent(content);
    }

    @Test
    void aMissingFolderKeepsTheVolumesWaiting() throws IOException {
        VolumeName volume = workshop.fill(1, 1, 100);
        Files.delete(inbox);
        PushResult result = push();
        TidemarkException failure = result.failure().orElseThrow();
        assertThat(failure.code()).isEqualTo(FailureCode.TRANSFER);
        assertThat(failure.text()).contains("/inbox does not exist");
        assertThat(result.waiting()).containsExactly(volume);
    }

    @Test
    void receiptsAreReadOnceAndAgainWhenTheyChange() throws IOException {
        Files.write(
                receipts.resolve(ReceiptFiles.store(Workshop.SOURCE)), StrictJson.pretty(new ReceiptFiles.Store("a")));
        try (SenderNode node = workshop.node(remote())) {
            complete(node);
            assertThat(workshop.state.store()).contains("a");
            Files.write(
                    receipts.resolve(ReceiptFiles.store(Workshop.SOURCE)),
                    StrictJson.pretty(new ReceiptFiles.Store("another")));
        }
        try (SenderNode node = workshop.node(remote())) {
            complete(node);
            assertThat(workshop.state.store()).contains("another");
        }
    }

    private void complete(SenderNode node) {
        CompleteResult result = node.complete(
                (label, receiptsRead) -> {
                    long sequence = 1L + workshop.state.bundles().size();
                    workshop.fill(sequence, VolumeName.LAST, 10);
                    return Workshop.bundle(sequence);
                },
                "manual");
        assertThat(result.delivered()).isTrue();
    }

    @Test
    void aCheckTriesBothFoldersAndLeavesNothing() throws IOException {
        assertThat(LinkCheck.findings(remote()))
                .extracting(Finding::level)
                .containsExactly(Finding.Level.OK, Finding.Level.OK);
        assertThat(arrived()).isEmpty();
    }

    @Test
    void aCheckNamesTheFolderThatIsMissing() throws IOException {
        Files.delete(receipts);
        assertThat(LinkCheck.findings(remote()))
                .filteredOn(finding -> finding.level() == Finding.Level.PROBLEM)
                .singleElement()
                .satisfies(finding -> assertThat(finding.key()).isEqualTo("remote.receipts"))
                .satisfies(finding -> assertThat(finding.what()).contains("/receipts does not exist"));
    }

    @Test
    void volumesLeaveWhileTheCaptureGoesOn() {
        try (SenderNode node = workshop.node(remote())) {
            CompleteResult result = node.complete(
                    (label, receiptsRead) -> {
                        VolumeName first = workshop.fill(4, 1, 1_000);
                        await().until(() -> Files.exists(inbox.resolve(first.fileName())));
                        workshop.fill(4, VolumeName.LAST, 1_000);
                        return Workshop.bundle(4);
                    },
                    "manual");
            assertThat(result.delivered()).isTrue();
            assertThat(result.push().volumes()).isEqualTo(2);
        }
    }
}
