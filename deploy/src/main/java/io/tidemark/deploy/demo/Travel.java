package io.tidemark.deploy.demo;

import io.tidemark.deploy.kit.Figures;
import io.tidemark.deploy.kit.FolderCompare;
import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.ReceiptFile;
import io.tidemark.deploy.kit.SchemaCompare;
import io.tidemark.deploy.kit.SftpServer;
import io.tidemark.deploy.kit.TableCompare;
import io.tidemark.deploy.kit.TcpProxy;
import io.tidemark.deploy.kit.TwoNodes;
import java.util.ArrayList;
import java.util.List;

/** One complete from the primary to the replica, and the proof that they are equal. */
final class Travel {
    private static final String COMPLETE = "tidemark-sender complete";
    private static final String LOAD = "tidemark-receiver load";
    private static final String PROOF = "proof";

    private final Screen screen;
    private final TwoNodes nodes;
    private final TcpProxy wire;
    private final Node sender;
    private final Node receiver;

    Travel(Screen screen, TwoNodes nodes, SftpServer sftp, TcpProxy wire) {
        this.screen = screen;
        this.nodes = nodes;
        this.wire = wire;
        this.sender = nodes.sender(sftp, wire);
        this.receiver = nodes.receiver();
    }

    Journey go(String heading) {
        screen.heading(heading);
        wire.resetCounts();
        NodeProcess.Result sent = send();
        NodeProcess.Result loaded = load();
        ReceiptFile receipt = ReceiptFile.latest(nodes.remote().resolve("receipts"))
                .orElseThrow(() -> new KitException("the receiver left no receipt"));
        screen.done(
                LOAD,
                Figures.count(receipt.sum("inserted")) + " inserted, " + Figures.count(receipt.sum("updated"))
                        + " updated, " + Figures.count(receipt.sum("deleted")) + " deleted",
                loaded.took());
        if (!receipt.loadedAndEqual()) {
            screen.failed(LOAD, List.of(receipt.json().toPrettyString()));
            throw new KitException("the receipt of " + receipt.bundle() + " does not say loaded and equal");
        }
        TableCompare.Outcome tables = prove();
        FolderCompare.Outcome media = FolderCompare.of(nodes.mediaSource(), nodes.mediaTarget());
        return new Journey(
                tables.rows(),
                media.files(),
                receipt.sum("inserted"),
                receipt.sum("updated"),
                receipt.sum("deleted"),
                wire.bytes(),
                sent.took(),
                loaded.took(),
                sent.peakBytes(),
                loaded.peakBytes());
    }

    void proveAgain() {
        prove();
    }

    private NodeProcess.Result send() {
        try (Screen.Live live = screen.live(COMPLETE, () -> Figures.bytes(wire.toServer()) + " sent")) {
            NodeProcess.Result sent = sender.run("complete");
            live.end();
            String text = Figures.bytes(wire.bytes()) + " on the wire, " + Figures.rate(wire.bytes(), sent.took());
            screen.done(COMPLETE, text, sent.took());
            return sent;
        }
    }

    private NodeProcess.Result load() {
        try (Screen.Live live = screen.live(LOAD, this::replicaSize)) {
            NodeProcess.Result loaded = receiver.run("load");
            live.end();
            return loaded;
        }
    }

    private String replicaSize() {
        String size = nodes.replica().psql("postgres", "select pg_database_size('" + TwoNodes.REPLICA + "')");
        return Figures.bytes(Long.parseLong(size)) + " in the replica";
    }

    /** Nothing of Tidemark's own has a part in it. */
    private TableCompare.Outcome prove() {
        try (Screen.Live live = screen.live(PROOF, () -> "comparing every row")) {
            TableCompare.Outcome tables = nodes.compare();
            FolderCompare.Outcome media = FolderCompare.of(nodes.mediaSource(), nodes.mediaTarget());
            List<String> differences = new ArrayList<>(tables.differences());
            differences.addAll(media.differences());
            differences.addAll(SchemaCompare.differences(
                    nodes.primary(), TwoNodes.PRIMARY, nodes.replica(), TwoNodes.REPLICA, Transformation.SCHEMA));
            live.end();
            if (!differences.isEmpty()) {
                screen.failed(PROOF, differences);
                throw new KitException(differences.size() + " differences between primary and replica");
            }
            String text = "by psql, md5 and pg_dump: " + Figures.count(tables.rows()) + " rows, "
                    + Figures.count(media.files()) + " files and the schema are equal";
            screen.done(PROOF, text, live.elapsed());
            return tables;
        }
    }
}
