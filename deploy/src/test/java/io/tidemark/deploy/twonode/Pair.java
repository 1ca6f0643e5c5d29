package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.deploy.kit.BusyFolder;
import io.tidemark.deploy.kit.FolderCompare;
import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.ReceiptFile;
import io.tidemark.deploy.kit.SchemaCompare;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.deploy.kit.SftpServer;
import io.tidemark.deploy.kit.TcpProxy;
import io.tidemark.deploy.kit.TwoNodes;
import io.tidemark.failure.FailureCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A sender and a receiver with fresh databases and folders, and what can be said of them. */
record Pair(Scratch scratch, TwoNodes nodes, SftpServer sftp, TcpProxy wire) {

    Node sender() {
        return nodes.sender(sftp, wire);
    }

    Node receiver() {
        return nodes.receiver();
    }

    String primary(String sql) {
        return nodes.primary().psql(TwoNodes.PRIMARY, sql);
    }

    String replica(String sql) {
        return nodes.replica().psql(TwoNodes.REPLICA, sql);
    }

    /** How many of the role's sessions the server runs just now that match. */
    static int sessions(PostgresCluster cluster, String condition) {
        return Integer.parseInt(cluster.psql(
                "postgres",
                "select count(*) from pg_stat_activity where usename = '" + TwoNodes.ROLE + "' and " + condition));
    }

    static void terminate(PostgresCluster cluster, String condition) {
        cluster.psql(
                "postgres",
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = '" + TwoNodes.ROLE
                        + "' and " + condition);
    }

    /** A complete, its load, and the receipt. */
    ReceiptFile travel() {
        return travel(sender(), receiver());
    }

    ReceiptFile travel(Node sender, Node receiver) {
        sender.run("complete");
        return load(receiver);
    }

    ReceiptFile load(Node receiver) {
        receiver.run("load");
        ReceiptFile receipt = receipt();
        assertThat(receipt.loadedAndEqual())
                .as("receipt %s", receipt.json().toPrettyString())
                .isTrue();
        return receipt;
    }

    /**
     * A complete waits in the inbox: cut the first time, put there again later, for tests that do not go on with the sender. The primary
     * has to be the same each time.
     *
     * @return where its volumes stay
     */
    Path cutOnce(String name, Node sender) {
        Path kept = scratch.resolve("cut-" + name);
        if (Files.isDirectory(kept)) {
            copy(files(kept, ".tar"), nodes.inbox());
        } else {
            sender.run("complete");
            copy(inbox(".tar"), scratch.subfolder("cut-" + name));
        }
        return kept;
    }

    static void copy(List<Path> files, Path folder) {
        try {
            for (Path file : files) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A bundle that counts on contents that were lost on the way is held; a later one brings them. */
    void assertArrivesWithin(int completes) {
        for (int i = 0; i < completes; i++) {
            sender().run("complete");
            if (receiver().tryRun("load").exitCode() == 0 && receipt().loadedAndEqual()) {
                assertEqual();
                return;
            }
        }
        throw new AssertionError("not loaded: " + receipt().json().toPrettyString());
    }

    ReceiptFile receipt() {
        return ReceiptFile.latest(nodes.receipts()).orElseThrow(() -> new AssertionError("no receipt"));
    }

    /** Rows, sequences, materialised views and media; by psql, md5 and the files' bytes. */
    void assertEqual() {
        assertThat(nodes.compare().differences()).as("rows").isEmpty();
        assertThat(FolderCompare.of(nodes.mediaSource(), nodes.mediaTarget()).differences())
                .as("media")
                .isEmpty();
    }

    void assertSameSchema() {
        assertThat(SchemaCompare.differences(nodes.primary(), TwoNodes.PRIMARY, nodes.replica(), TwoNodes.REPLICA))
                .as("schema")
                .isEmpty();
    }

    /** What no bundle may have touched: the target holds no table. */
    void assertReplicaIsEmpty() {
        assertThat(
                        replica(
                                "select count(*) from pg_tables where schemaname not in ('pg_catalog', 'information_schema', 'tidemark')"))
                .isEqualTo("0");
    }

    static void assertFailed(NodeProcess.Result result, FailureCode code) {
        assertThat(result.exitCode())
                .as("exit code, with the words: %s%s", result.error(), result.output())
                .isEqualTo(code.exitCode());
    }

    /** Files of the inbox whose names end so, in the order of names. */
    List<Path> inbox(String suffix) {
        return files(nodes.inbox(), suffix);
    }

    static List<Path> files(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try {
            return BusyFolder.files(folder).keySet().stream()
                    .filter(file -> file.toString().endsWith(suffix))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
