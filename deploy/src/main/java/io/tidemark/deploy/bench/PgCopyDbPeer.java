package io.tidemark.deploy.bench;

import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.TextFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code pgcopydb clone}: connects both databases directly and leaves no backup. */
record PgCopyDbPeer(Ground ground) implements Contestant {
    static final String NAME = "pgcopydb";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Measured run() {
        Path here = ground.emptyFolder("peer-copydb");
        Path bin = ground.nodes().primary().programs().bin();
        String script = "PATH=" + bin + ":$PATH pgcopydb clone --source '" + ground.source() + "' --target '"
                + ground.target() + "' --dir " + here + "/work --table-jobs 2 --index-jobs 2 --no-owner --no-acl\n";
        long before = loopbackBytes();
        NodeProcess.Result result = Script.run(here, Map.of(), script);
        // A proxy would slow it down. What it reads from one server it writes to the other, and both ways are the
        // loopback's.
        long bytes = (loopbackBytes() - before) / 2;
        return new Measured(result.took().toMillis() / 1000.0, bytes, result.peakBytes());
    }

    private static long loopbackBytes() {
        return TextFiles.read(Path.of("/proc/net/dev"))
                .lines()
                .map(String::trim)
                .filter(line -> line.startsWith("lo:"))
                .map(line -> List.of(line.substring(3).trim().split("\\s+", -1)).get(0))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new KitException("/proc/net/dev knows no loopback interface"));
    }
}
