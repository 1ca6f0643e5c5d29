package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.Pictures;
import io.tidemark.deploy.kit.TextFiles;
import io.tidemark.deploy.kit.TransApp;
import io.tidemark.deploy.kit.TwoNodes;
import io.tidemark.failure.FailureCode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link that fails in every way loses nothing, and the receiver never sees half a volume. */
final class TransportIT {
    private final Pair pair = Ground.small();

    @BeforeEach
    void someMedia() {
        Pictures.write(pair.nodes().mediaSource(), 1, 150);
    }

    private Node sender() {
        return pair.sender().with("volume.size", "1MB");
    }

    @Test
    void aCutAtEachTenthOfTheWayCostsNothingButTime() {
        pair.wire().resetCounts();
        sender().run("complete");
        long whole = pair.wire().toServer();
        for (int tenth = 1; tenth <= 9; tenth++) {
            pair.nodes().fresh("small_template");
            someMedia();
            pair.wire().resetCounts();
            pair.wire().cutAfter(whole * tenth / 10);

            completeAndPush();

            assertThat(pair.wire().cutIsPending()).as("cut at %s0 %%", tenth).isFalse();
            pair.load(pair.receiver());
            pair.assertEqual();
        }
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
        assertThat(Pair.files(pair.scratch().resolve("sender/outbox"), ".tar")).isEmpty();
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
        try (NodeProcess process = sender().start("complete")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> pair.wire().toServer() > 100_000);
            pair.wire().stall(true);
            await().pollDelay(Duration.ofSeconds(4)).until(process::running);
            pair.wire().stall(false);
            assertThat(process.await(Duration.ofSeconds(60)).exitCode()).isZero();
        }
        pair.load(pair.receiver());
        pair.assertEqual();
    }

    @Test
    void aLinkOfOneMegabitIsEnough() {
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
