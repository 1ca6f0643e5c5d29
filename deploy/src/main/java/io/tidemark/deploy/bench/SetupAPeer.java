package io.tidemark.deploy.bench;

import io.tidemark.deploy.kit.NodeProcess;
import java.nio.file.Path;
import java.util.Map;

/** The plain set-up: {@code pg_dump}, {@code tar.gz}, {@code sftp}, {@code psql}, one after another. */
record SetupAPeer(Ground ground) implements Contestant {
    static final String NAME = "setup_a";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean onlyOnce() {
        return true;
    }

    @Override
    public Measured run() {
        Path here = ground.emptyFolder("peer-plain");
        Path there = ground.emptyFolder("remote/peer-plain");
        Path bin = ground.nodes().primary().programs().bin();
        String script = "cd " + here + "\n"
                + bin + "/pg_dump --no-owner -f dump.sql -d '" + ground.source() + "'\n"
                + "tar czf dump.tar.gz dump.sql\n"
                + "echo 'put dump.tar.gz " + ground.remote().inside() + "/peer-plain/dump.tar.gz' | "
                + Script.quoted(ground.remote().sftp()) + "\n"
                + "cd " + there + "\n"
                + "tar xzf dump.tar.gz\n"
                + bin + "/psql -X -q -v ON_ERROR_STOP=1 -f dump.sql -d '" + ground.target() + "' >/dev/null\n";
        NodeProcess.Result result = Script.run(here, Map.of(), script);
        return new Measured(
                result.took().toMillis() / 1000.0, ground.remote().wire().bytes(), result.peakBytes());
    }
}
