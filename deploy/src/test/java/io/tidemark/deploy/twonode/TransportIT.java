package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.Pictures;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.deploy.kit.TextFiles;
import io.tidemark.deploy.kit.TransApp;
import io.tidemark.deploy.kit.TwoNodes;
import io.tidemark.failure.FailureCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link that fails in every way loses nothing, and the receiver never sees half a volume. */
final class TransportIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Pair pair = Ground.small();

    private Node sender() {
        return pair.sender().with("volume.size", "1MB");
    }

    @BeforeEach
    void someMedia() {
        Pictures.write(pair.nodes().mediaSource(), 1, 150);
    }

    @Test
    void aCutAtEachTenthOfTheWayCostsNothingButTime() {
        sender().run("complete");
        long whole = 0;
        for (int tenth = 0; tenth <= 9; tenth++) {
            Pictures.write(pair.nodes().mediaSource().resolve("of-" + tenth), 1000 * tenth + 1, 1000 * tenth + 60);
            pair.wire().resetCounts();
            if (tenth > 0) {
                pair.wire().cutAfter(whole * tenth / 10);
            }

            completeAndPush();

            assertThat(pair.wire().cutIsPending()).as("cut at %s0 %%", tenth).isFalse();
            assertThat(waiting()).as("after a cut at %s0 %%", tenth).isEmpty();
            whole = tenth == 0 ? pair.wire().toServer() : whole;
        }
        pair.load(pair.receiver());
        assertThat(Pair.files(pair.nodes().receipts(), "Z.json"))
                .as("receipts, one of each bundle")
                .hasSize(11)
                .allSatisfy(receipt -> assertThat(TextFiles.read(receipt)).containsPattern("\"state\" *: *\"loaded\""));
        pair.assertEqual();
    }

    private List<Path> waiting() {
        return Pair.files(pair.scratch().resolve("sender/outbox"), ".tar");
    }

    @Test
    void aRenameWhoseReplyIsLostCounts() {
        pair.sftp().afterNextRename(pair.wire()::cut);

        completeAndPush();

        pair.load(pair.receiver());
        pair.assertEqual();
    }

    @Test
    void whatWaitsWhileTheLinkIsDownGoesOutInOrderLater() {
        pair.wire().refuse(true);
        Pair.assertFailed(sender().tryRun("complete"), FailureCode.TRANSFER);
        TransApp.change(pair.nodes().primary(), TwoNodes.PRIMARY, 50);
        Pair.assertFailed(sender().tryRun("complete"), FailureCode.TRANSFER);
        assertThat(pair.inbox("")).isEmpty();

        pair.wire().refuse(false);
        sender().run("push");
        pair.load(pair.receiver());

        assertThat(pair.receipt().bundle().sequence()).isEqualTo(2);
        assertThat(waiting()).isEmpty();
        pair.assertEqual();
    }

    @Test
    void aFullDiskOnTheRemoteSideIsSaidAndOutlived() {
        pair.sftp().failWritesAfter(400_000);
        Pair.assertFailed(sender().tryRun("complete"), FailureCode.TRANSFER);

        pair.sftp().healWrites();
        sender().run("push");
        pair.load(pair.receiver());
        pair.assertEqual();
    }

    @Test
    void aChangedHostKeyStopsEverythingWithAHint() {
        Node before = sender();
        TextFiles.write(
                pair.scratch().resolve("pinned"), TextFiles.read(pair.scratch().resolve("keys/known_hosts")));
        pair.sftp().stop();
        pair.sftp().changeHostKey();
        pair.sftp().start();
        Path pinned = pair.scratch().resolve("pinned");

        NodeProcess.Result result =
                before.with("remote.known-hosts", pinned.toString()).tryRun("complete");

        Pair.assertFailed(result, FailureCode.HOST_KEY);
        assertThat(result.error() + result.output()).contains("hint:").contains("ssh-keyscan");
        assertThat(pair.inbox("")).isEmpty();
        sender().run("push");
        pair.load(pair.receiver());
        pair.assertEqual();
    }

    @Test
    void aStallOnTheWayIsWaitedFor() {
        pair.wire().stallAfter(100_000);
        try (NodeProcess process = sender().start("complete")) {
            await().atMost(PATIENCE).until(() -> pair.wire().isStalled());
            await().pollDelay(Duration.ofSeconds(4)).atMost(PATIENCE).until(process::running);
            pair.wire().stall(false);
            assertThat(process.await(PATIENCE).exitCode()).isZero();
        }
        pair.load(pair.receiver());
        pair.assertEqual();
    }

    @Test
    void aLinkOfOneMegabitIsEnough() {
        Scratch.delete(pair.nodes().mediaSource());
        Pictures.write(pair.nodes().mediaSource(), 1, 20);
        pair.wire().throttle(125_000);

        completeAndPush();

        pair.load(pair.receiver());
        pair.assertEqual();
    }

    @Test
    void halfUploadedFilesAreLeftAlone() {
        Path half = pair.nodes().inbox().resolve("transapp-0000000009-complete-20250101T000000Z.tar.part");
        TextFiles.write(half, "half");

        pair.receiver().run("load");

        assertThat(half).exists();
        assertThat(Pair.files(pair.nodes().receipts(), "Z.json")).isEmpty();
    }

    /** The command may go on by itself after a failure; where it gives up, what it left in the outbox goes out with the next push. */
    private void completeAndPush() {
        NodeProcess.Result result = sender().tryRun("complete");
        if (result.exitCode() != 0) {
            Pair.assertFailed(result, FailureCode.TRANSFER);
            sender().run("push");
        }
    }
}
