package io.tidemark.deploy.bench;

import io.tidemark.deploy.kit.NodeProcess;
import java.nio.file.Path;
import java.util.Map;

/** {@code pg_dump -Fd -j2}, the folder by sftp, {@code pg_restore -j2}. */
record PgDumpPeer(Ground ground) implements Contestant {
    static final String NAME = "pg_dump";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Measured run() {
        Path here = ground.emptyFolder("peer-dump");
        Path there = ground.emptyFolder("remote/peer-dump");
        Path bin = ground.nodes().primary().programs().bin();
        String script = bin + "/pg_dump -Fd -j2 -f " + here + "/dump -d '" + ground.source() + "'\n"
                + "echo 'put -r " + here + "/dump " + ground.remote().inside() + "/peer-dump' | "
                + Script.quoted(ground.remote().sftp()) + "\n"
                + bin + "/pg_restore -j2 --no-owner -d '" + ground.target() + "' " + there + "/dump\n";
        NodeProcess.Result result = Script.run(here, Map.of(), script);
        return new Measured(
                result.took().toMillis() / 1000.0, ground.remote().wire().bytes(), result.peakBytes());
    }
}
