package io.tidemark.deploy.soak;

import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Both nodes as services, and what befalls them. For one thread. */
final class Services implements AutoCloseable {
    private final Node sender;
    private final Node receiver;
    private @Nullable NodeProcess sending;
    private @Nullable NodeProcess receiving;

    Services(Node sender, Node receiver) {
        this.sender = sender;
        this.receiver = receiver;
    }

    void start() {
        if (sending == null) {
            sending = sender.start("run");
        }
        if (receiving == null) {
            receiving = receiver.start("run");
        }
    }

    /** @throws KitException where one has ended by itself */
    void assertRunning() {
        for (NodeProcess node : new @Nullable NodeProcess[] {sending, receiving}) {
            if (node != null && !node.running()) {
                throw new KitException(node + " has ended by itself:\n" + node.error() + node.output());
            }
        }
    }

    void killSender() {
        if (sending != null) {
            sending.kill9();
            sending.await(Campaign.PATIENCE);
        }
        sending = null;
    }

    void killReceiver() {
        if (receiving != null) {
            receiving.kill9();
            receiving.await(Campaign.PATIENCE);
        }
        receiving = null;
    }

    /** Asks one of them to end, as a service manager does. */
    void stopOne(Random random) {
        NodeProcess node = random.nextBoolean() ? sending : receiving;
        if (node == null) {
            return;
        }
        node.terminate();
        node.await(Campaign.PATIENCE);
        if (node == sending) {
            sending = null;
        } else {
            receiving = null;
        }
    }

    /**
     * By command, beside the service. It may find the link cut or another complete under way.
     *
     * @return whether one was made and sent
     */
    boolean complete() {
        NodeProcess.Result result = sender.tryRun("complete");
        if (result.exitCode() == 1 || result.exitCode() == 2) {
            throw new KitException("complete: exit code " + result.exitCode() + "\n" + result.error());
        }
        return result.exitCode() == 0;
    }

    /** What both say of themselves, for a report. */
    String words() {
        return sender.tryRun("status").output()
                + receiver.tryRun("status").output()
                + (sending == null ? "" : sending.error())
                + (receiving == null ? "" : receiving.error());
    }

    @Override
    public void close() {
        if (sending != null) {
            sending.close();
        }
        if (receiving != null) {
            receiving.close();
        }
    }
}
