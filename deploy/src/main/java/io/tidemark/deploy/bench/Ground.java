package io.tidemark.deploy.bench;

import io.tidemark.deploy.kit.Command;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.deploy.kit.TransApp;
import io.tidemark.deploy.kit.TwoNodes;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Two servers that lose nothing in a crash, tuned alike for everyone, and an SSH server between them. */
record Ground(Scratch scratch, TwoNodes nodes, Remote remote) implements AutoCloseable {
    private static final Map<String, String> TUNED = Map.of(
            "shared_buffers", "1GB",
            "maintenance_work_mem", "512MB",
            "max_wal_size", "4GB",
            "checkpoint_timeout", "15min");
    /** Lock waits of more than this are in the server's log. */
    static final int LOCK_WAIT_MILLIS = 50;

    static Ground prepare(Scratch scratch, double scale) {
        Map<String, String> replica = new HashMap<>(TUNED);
        replica.put("wal_level", "replica");
        replica.put("log_lock_waits", "on");
        replica.put("deadlock_timeout", LOCK_WAIT_MILLIS + "ms");
        TwoNodes nodes = TwoNodes.start(scratch, TUNED, replica);
        TransApp.create(nodes.primary(), TwoNodes.PRIMARY, scale);
        return new Ground(scratch, nodes, Remote.start(scratch, nodes.remote()));
    }

    /** An empty target, no dirty pages left on either server, the byte counter at zero. */
    void fresh() {
        nodes.freshReplica();
        settle();
    }

    void settle() {
        nodes.primary().psql(TwoNodes.PRIMARY, "checkpoint");
        nodes.replica().psql(TwoNodes.REPLICA, "checkpoint");
        Command.of("sync").run();
        remote.wire().resetCounts();
    }

    /** An empty folder. */
    Path emptyFolder(String name) {
        Scratch.delete(scratch.resolve(name));
        return scratch.subfolder(name);
    }

    long databaseBytes() {
        return Long.parseLong(nodes.primary().psql(TwoNodes.PRIMARY, "select pg_database_size(current_database())"));
    }

    String source() {
        return nodes.primary().uri(TwoNodes.PRIMARY);
    }

    String target() {
        return nodes.replica().uri(TwoNodes.REPLICA);
    }

    @Override
    public void close() {
        remote.close();
        nodes.close();
    }
}
