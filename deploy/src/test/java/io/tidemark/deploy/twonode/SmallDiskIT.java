package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.bundle.MediaPath;
import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.Pictures;
import io.tidemark.deploy.kit.SmallDisk;
import io.tidemark.deploy.kit.TextFiles;
import io.tidemark.failure.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Folders on a file system of a few megabytes: told before it is full, and nothing half done or lost when it is. */
final class SmallDiskIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Pair pair = Ground.small();
    private final Path target = pair.nodes().mediaTarget();

    @BeforeEach
    void mountsAreAllowed() {
        Assumptions.assumeTrue(SmallDisk.isAllowed(), "needs the right to mount in a namespace");
        Pictures.write(pair.nodes().mediaSource(), 1, 300);
    }

    private SmallDisk disk(Path folder, String size) {
        return SmallDisk.over(folder, size, pair.scratch());
    }

    @Test
    void theSenderBeginsNoCompleteThatCannotFitAndGivesUpOneThatTurnsOutNotTo() throws IOException {
        Path work = pair.scratch().subfolder("sender");
        pair.wire().refuse(true);
        try (SmallDisk disk = disk(work, "1500k")) {
            Node sender = disk.see(pair.sender().with("volume.size", "1MB"));
            NodeProcess.Result refused = sender.tryRun("complete");
            Pair.assertFailed(refused, FailureCode.DISK_FULL);
            assertThat(refused.error()).contains("no complete is begun").contains("hint:");

            pair.primary("create table noise (line text);"
                    + " insert into noise select (select string_agg(md5(i::text || j), '') from generate_series(1, 60) j)"
                    + " from generate_series(1, 4000) i");
            disk.resize("5m");
            NodeProcess.Result full = sender.tryRun("complete");
            Pair.assertFailed(full, FailureCode.DISK_FULL);
            assertThat(full.error()).as("it was begun").doesNotContain("no complete is begun");
            assertThat(Pair.files(disk.seen().resolve("outbox"), ""))
                    .as("nothing is half done")
                    .isEmpty();
            assertThat(pair.inbox("")).isEmpty();

            disk.resize("100m");
            pair.wire().refuse(false);
            sender.run("complete");
        }
        pair.load(pair.receiver());
        pair.assertEqual();
    }

    @Test
    void aReceiverWithoutRoomForABundleLosesNothingAndTakesItInWithRoom() throws IOException {
        pair.sender().with("volume.size", "1MB").run("complete");
        List<Path> volumes = pair.inbox(".tar");
        try (SmallDisk disk = disk(pair.scratch().subfolder("receiver"), "900k")) {
            Node receiver = disk.see(pair.receiver());
            Pair.assertFailed(receiver.tryRun("load"), FailureCode.DISK_FULL);
            assertThat(pair.inbox(".tar"))
                    .as("what was not taken in")
                    .isNotEmpty()
                    .isSubsetOf(volumes);
            assertThat(Pair.files(target, ""))
                    .as("media of a bundle that is not whole")
                    .isEmpty();

            disk.resize("100m");
            pair.load(receiver);
            pair.assertEqual();
        }
    }

    @Test
    void aServiceWhoseMediaDiskIsFullTellsPlacesNothingHalfAndGoesOnWithRoom() throws IOException {
        Path told = pair.scratch().resolve("told-" + System.nanoTime());
        Path notifier = TextFiles.writeSecret(
                pair.scratch().resolve("notify-" + System.nanoTime()),
                "#!/bin/sh\necho \"$ALARM_EVENT $ALARM_ID\" >> " + told + "\n");
        assertThat(notifier.toFile().setExecutable(true)).isTrue();
        pair.sender().run("complete");
        try (SmallDisk disk = disk(target, "700k")) {
            Node receiver = disk.see(pair.receiver()
                    .with("poll.interval", "1s")
                    .with("alarm.command", notifier.toString())
                    .with("alarm.after", "1s")
                    .with("alarm.settle", "1s"));
            try (NodeProcess service = receiver.start("run")) {
                await().atMost(PATIENCE).until(() -> lines(told).contains("opened load.disk-full"));
                assertWholeOrNotThere(disk.seen());
                disk.resize("100m");
                await().atMost(PATIENCE).until(() -> lines(told).contains("over load.disk-full"));
                assertThat(service.running()).isTrue();
            }
            for (Path file : Pair.files(pair.nodes().mediaSource(), "")) {
                assertThat(disk.seen().resolve(file.getFileName().toString())).hasSameBinaryContentAs(file);
            }
            assertThat(pair.receipt().loadedAndEqual()).isTrue();

            disk.resize(Pair.files(disk.seen(), "").stream()
                                    .mapToLong(SmallDiskIT::blocks)
                                    .sum()
                            / 1024 + 100 + "k");
            try (NodeProcess service = receiver.start("run")) {
                await().atMost(PATIENCE).until(() -> lines(told).contains("opened expire.disk-filling (media.folder)"));
                assertThat(service.running()).isTrue();
            }
        }
    }

    private void assertWholeOrNotThere(Path folder) throws IOException {
        for (Path source : Pair.files(pair.nodes().mediaSource(), "")) {
            Path placed = folder.resolve(source.getFileName().toString());
            if (Files.exists(placed)) {
                assertThat(placed).hasSameBinaryContentAs(source);
            }
        }
        assertThat(Pair.files(folder, ""))
                .filteredOn(file -> !MediaPath.isTemporary(file.getFileName().toString()))
                .as("the disk is full before all have come")
                .hasSizeLessThan(300);
    }

    private static long blocks(Path file) {
        return (file.toFile().length() + 4095) / 4096 * 4096;
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
