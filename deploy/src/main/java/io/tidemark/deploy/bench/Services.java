package io.tidemark.deploy.bench;

import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.TwoNodes;
import org.jspecify.annotations.Nullable;

/** Both nodes as services, a partial each second. */
final class Services implements AutoCloseable {
    /** {@code Nice=} of both services in the README. */
    private static final int UNIT = 10;

    private final Node sender;
    private final Node receiver;
    private @Nullable NodeProcess sending;
    private @Nullable NodeProcess receiving;
    private long senderPeak;
    private long receiverPeak;

    Services(TwoNodes nodes, Remote remote) {
        this.sender = nodes.sender(
                        remote.user(), remote.wire().port(), remote.inside(), remote.privateKey(), remote.knownHosts())
                .without("media.folder")
                .with("partial.schedule", "1s");
        this.receiver = nodes.receiver().without("media.folder").with("poll.interval", "200ms");
    }

    void start() {
        receiving = receiver.startNicely(UNIT, "run");
        sending = sender.startNicely(UNIT, "run");
    }

    /** Both take no processor time until they go on, and are as warm then as services are that run for days. */
    void pause() {
        pauseReceiver();
        if (sending != null) {
            sending.pause();
        }
    }

    /** The sender goes on. */
    void pauseReceiver() {
        if (receiving != null) {
            receiving.pause();
        }
    }

    void goOn() {
        if (receiving != null) {
            receiving.goOn();
        }
        if (sending != null) {
            sending.goOn();
        }
    }

    void stop() {
        goOn();
        senderPeak = Math.max(senderPeak, ended(sending));
        sending = null;
        receiverPeak = Math.max(receiverPeak, ended(receiving));
        receiving = null;
    }

    private static long ended(@Nullable NodeProcess process) {
        if (process == null) {
            return 0;
        }
        long peak = process.peakBytes();
        process.close();
        return peak;
    }

    long senderPeak() {
        return senderPeak;
    }

    long receiverPeak() {
        return receiverPeak;
    }

    @Override
    public void close() {
        stop();
    }
}
