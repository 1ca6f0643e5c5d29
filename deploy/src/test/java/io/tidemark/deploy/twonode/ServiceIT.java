package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.Pictures;
import io.tidemark.deploy.kit.ReceiptFile;
import io.tidemark.deploy.kit.TransApp;
import io.tidemark.deploy.kit.TwoNodes;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Both nodes as services. */
final class ServiceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private final Pair pair = Ground.small();

    @Test
    void theReceiversServiceLoadsWhatArrivesAndEndsWhenAsked() {
        Pictures.write(pair.nodes().mediaSource(), 1, 5);
        try (NodeProcess service = pair.receiver().start("run")) {
            pair.sender().run("complete");
            awaitLoaded(service, 1);
            pair.assertEqual();

            TransApp.change(pair.nodes().primary(), TwoNodes.PRIMARY, 30);
            pair.sender().run("complete");
            awaitLoaded(service, 2);
            pair.assertEqual();

            service.terminate();
            assertThat(service.await(PATIENCE).exitCode()).isIn(0, 143);
        }
    }

    @Test
    void theSendersServiceCutsACompleteOnSchedule() {
        try (NodeProcess receiver = pair.receiver().start("run");
                NodeProcess sender =
                        pair.sender().with("complete.schedule", "* * * * *").start("run")) {
            awaitLoaded(receiver, 1);
            assertThat(sender.running()).as(sender.error()).isTrue();
            sender.terminate();
            assertThat(sender.await(PATIENCE).exitCode()).isIn(0, 143);
        }
        pair.assertEqual();
    }

    @Test
    void theSendersServicePushesWhatWaitsWhenTheLinkComesBack() {
        pair.wire().refuse(true);
        pair.sender().tryRun("complete");
        try (NodeProcess receiver = pair.receiver().start("run");
                NodeProcess sender = pair.sender().start("run")) {
            await().pollDelay(Duration.ofSeconds(5)).atMost(PATIENCE).until(sender::running);
            pair.wire().refuse(false);
            awaitLoaded(receiver, 1);
        }
        pair.assertEqual();
    }

    @Test
    void commandsWorkBesideARunningService() {
        try (NodeProcess receiver = pair.receiver().start("run");
                NodeProcess sender = pair.sender().start("run")) {
            pair.sender().run("status");
            pair.receiver().run("status");
            awaitLoaded(receiver, 1);
            pair.sender().run("complete");
            awaitLoaded(receiver, 2);
            assertThat(pair.sender().run("list").output()).contains("transapp-0000000001-complete");
            assertThat(pair.receiver().run("list").output()).contains("transapp-0000000001-complete");
            assertThat(sender.running()).isTrue();
        }
    }

    private void awaitLoaded(NodeProcess service, long sequence) {
        await().atMost(PATIENCE).until(() -> {
            assertThat(service.running()).as(service.error() + service.output()).isTrue();
            Optional<ReceiptFile> receipt = ReceiptFile.latest(pair.nodes().receipts());
            return receipt.filter(ReceiptFile::loadedAndEqual)
                    .map(each -> each.bundle().sequence() >= sequence)
                    .orElse(false);
        });
    }
}
