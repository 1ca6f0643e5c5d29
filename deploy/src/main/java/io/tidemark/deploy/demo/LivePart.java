package io.tidemark.deploy.demo;

import io.tidemark.deploy.kit.Figures;
import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.ReceiptFile;
import io.tidemark.deploy.kit.SftpServer;
import io.tidemark.deploy.kit.TcpProxy;
import io.tidemark.deploy.kit.TwoNodes;
import io.tidemark.deploy.kit.Wait;
import java.time.Duration;

/** Both nodes as services, a partial each second, post-processing after each load, while an application writes to the primary. */
final class LivePart implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String COMPLETE = "a complete beside them";
    /** What {@code tidemark-sender check} prints for an administrator whose role does not own the tables. */
    private static final String PUBLICATION =
            "do $$ begin execute (select 'create publication tidemark_transapp for table '"
                    + " || string_agg(format('only %I.%I', schemaname, tablename), ', ')"
                    + " || ' with (publish_via_partition_root = false)' from pg_tables where schemaname = 'public'); end $$";

    private final Screen screen;
    private final TwoNodes nodes;
    private final Node sender;
    private final Node receiver;
    private final Transformation transformation;
    private final NodeProcess sending;
    private final NodeProcess receiving;

    /** Starts both services. */
    LivePart(Screen screen, TwoNodes nodes, SftpServer sftp, TcpProxy wire) {
        this.screen = screen;
        this.nodes = nodes;
        screen.heading("live: a partial every second, and post-processing after each load");
        this.transformation = new Transformation(screen, nodes);
        this.sender = nodes.sender(sftp, wire).with("partial.schedule", "1s");
        this.receiver = transformation.install(nodes.receiver());
        nodes.primary().psql(TwoNodes.PRIMARY, PUBLICATION);
        this.receiving = receiver.start("run");
        this.sending = sender.start("run");
    }

    /** Ends with a complete that finds nothing to repair. */
    void show() {
        Application application = new Application(screen, nodes);
        begin(application);
        application.work();
        transformation.show();
        complete();
    }

    private void begin(Application application) {
        try (Screen.Live live = screen.live("both services", () -> "")) {
            long newest = application.first();
            Wait.until("the first partial arrives", PATIENCE, () -> {
                if (!sending.running() || !receiving.running()) {
                    throw new KitException("a service ended:\n" + sending.error() + receiving.error());
                }
                return application.newestOnReplica() >= newest;
            });
            live.end();
            screen.done("both services", "started; the first partial is loaded", live.elapsed());
        }
    }

    /** Nothing is written any more, so a healthy replica needs no change. */
    private void complete() {
        try (Screen.Live live = screen.live(COMPLETE, () -> "")) {
            long before = ReceiptFile.latestComplete(nodes.receipts())
                    .map(receipt -> receipt.bundle().sequence())
                    .orElse(0L);
            sender.run("complete");
            ReceiptFile receipt = loadedAfter(before);
            live.end();
            long repaired = receipt.sum("inserted") + receipt.sum("updated") + receipt.sum("deleted");
            if (!receipt.loadedAndEqual() || repaired != 0) {
                throw new KitException("the complete after the partials repaired " + repaired + " rows");
            }
            screen.done(
                    COMPLETE,
                    "equal; the partials had left nothing to repair in " + Figures.count(receipt.sum("rows")) + " rows",
                    live.elapsed());
        }
    }

    private ReceiptFile loadedAfter(long sequence) {
        Wait.until(
                "the complete is loaded",
                PATIENCE,
                () -> ReceiptFile.latestComplete(nodes.receipts())
                        .filter(receipt -> receipt.bundle().sequence() > sequence && receipt.loadedAndEqual())
                        .isPresent());
        return ReceiptFile.latestComplete(nodes.receipts()).orElseThrow();
    }

    /** What an administrator sees, while both services run. */
    void status() {
        screen.heading("what both nodes say");
        try (NodeProcess here = sender.start("status");
                NodeProcess there = receiver.start("status")) {
            print("tidemark-sender status", here.await(PATIENCE));
            print("tidemark-receiver status", there.await(PATIENCE));
        }
    }

    private void print(String command, NodeProcess.Result result) {
        if (result.exitCode() != 0) {
            throw new KitException(command + ": exit code " + result.exitCode() + "\n" + result.error());
        }
        screen.printed(command, result.output());
    }

    /** Ends both services, and leaves the primary as it was but for the application's rows. */
    @Override
    public void close() {
        sending.terminate();
        receiving.terminate();
        sending.close();
        receiving.close();
        nodes.primary().psql(TwoNodes.PRIMARY, "drop publication tidemark_transapp");
        sender.run("uninstall");
    }
}
