package io.tidemark.deploy.bench;

import io.tidemark.deploy.kit.FolderCompare;
import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.ReceiptFile;
import io.tidemark.deploy.kit.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tidemark: the receiver's service is up, as it always is; measured from the sender's start to a receipt that says loaded and equal. */
final class Ours implements Contestant, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final Duration WARM_UP = Duration.ofSeconds(4);

    private final Ground ground;
    private final Node sender;
    private final Node receiver;
    private @Nullable NodeProcess service;
    private long senderPeak;
    private long receiverPeak;

    Ours(Ground ground) {
        this.ground = ground;
        Remote remote = ground.remote();
        this.sender = ground.nodes()
                .sender(remote.user(), remote.wire().port(), remote.inside(), remote.privateKey(), remote.knownHosts())
                .without("media.folder");
        this.receiver = ground.nodes().receiver().without("media.folder");
    }

    @Override
    public String name() {
        return BenchOptions.OURS;
    }

    /** Forgets everything before: the first complete ever. */
    @Override
    public Measured run() {
        close();
        for (String folder : new String[] {"sender", "receiver", "remote/inbox", "remote/receipts"}) {
            ground.emptyFolder(folder);
        }
        NodeProcess started = receiver.start("run");
        service = started;
        long since = System.nanoTime();
        Wait.until("the receiver's service is up", Duration.ofSeconds(30), () -> warm(started, since));
        ground.remote().wire().resetCounts();
        return complete();
    }

    /** A service has been up for long when the night's bundle comes. */
    private static boolean warm(NodeProcess started, long since) {
        if (!started.running()) {
            throw new KitException("tidemark-receiver run ended:\n" + started.error() + started.output());
        }
        return System.nanoTime() - since > WARM_UP.toNanos();
    }

    /** One more complete on top of what was sent before. */
    Measured complete() {
        long before = latestSequence();
        long began = System.nanoTime();
        NodeProcess.Result sent = sender.run("complete");
        Wait.until("the receiver has loaded the bundle", PATIENCE, () -> latestSequence() > before);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        NodeProcess running = service;
        senderPeak = Math.max(senderPeak, sent.peakBytes());
        receiverPeak = running == null ? receiverPeak : Math.max(receiverPeak, running.peakBytes());
        return new Measured(
                took.toMillis() / 1000.0, ground.remote().wire().bytes(), Math.max(senderPeak, receiverPeak));
    }

    private long latestSequence() {
        Optional<ReceiptFile> receipt =
                ReceiptFile.latest(ground.nodes().remote().resolve("receipts"));
        receipt.filter(each -> !each.loadedAndEqual() && !"MISSING".equalsIgnoreCase(each.state()))
                .ifPresent(each -> {
                    throw new KitException(
                            "receipt of " + each.bundle() + ": " + each.json().toPrettyString());
                });
        return receipt.filter(ReceiptFile::loadedAndEqual)
                .map(each -> each.bundle().sequence())
                .orElse(0L);
    }

    long senderPeak() {
        return senderPeak;
    }

    long receiverPeak() {
        return receiverPeak;
    }

    long archiveBytes() {
        Path archive = ground.nodes().archive();
        return FolderCompare.size(archive);
    }

    @Override
    public void close() {
        NodeProcess running = service;
        service = null;
        if (running != null) {
            running.close();
        }
    }
}
