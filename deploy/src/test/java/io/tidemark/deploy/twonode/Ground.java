package io.tidemark.deploy.twonode;

import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.deploy.kit.SftpServer;
import io.tidemark.deploy.kit.TcpProxy;
import io.tidemark.deploy.kit.TransApp;
import io.tidemark.deploy.kit.TwoNodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The servers that all tests of one run share; they end with it. Each test takes fresh databases and folders. */
final class Ground {
    private static final String SMALL = "small_template";
    private static final String MEDIUM = "medium_template";
    private static final String EVERYTHING = "everything_template";
    private static final Ground SHARED = new Ground();

    private final Scratch scratch = Scratch.create("test");
    private final TwoNodes nodes = TwoNodes.start(scratch, PostgresCluster.careless(), PostgresCluster.careless());
    private final SftpServer sftp = SftpServer.start(nodes.remote());
    private final TcpProxy wire = TcpProxy.before(sftp.port());

    private Ground() {
        nodes.primary().psql("postgres", "create database " + SMALL);
        TransApp.create(nodes.primary(), SMALL, 0.01);
        nodes.primary().psql("postgres", "create database " + MEDIUM);
        TransApp.create(nodes.primary(), MEDIUM, 0.1);
        nodes.primary().psql("postgres", "create database " + EVERYTHING);
        nodes.primary().psql(EVERYTHING).run(resource("/everything.sql"));
    }

    /** The small database of a bus company: 17 000 rows. */
    static Pair small() {
        return SHARED.fresh(SMALL);
    }

    /** The same with 190 000 rows, 40 MB: long enough for something to happen meanwhile. */
    static Pair medium() {
        return SHARED.fresh(MEDIUM);
    }

    /** One of everything that PostgreSQL has. */
    static Pair everything() {
        return SHARED.fresh(EVERYTHING);
    }

    /** No table at all. */
    static Pair empty() {
        return SHARED.fresh("template0");
    }

    private Pair fresh(String template) {
        wire.throttle(Long.MAX_VALUE);
        wire.stall(false);
        wire.refuse(false);
        wire.neverCut();
        sftp.healWrites();
        nodes.fresh(template);
        return new Pair(scratch, nodes, sftp, wire);
    }

    static String resource(String name) {
        try {
            return Files.readString(Path.of("src/test/resources" + name), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
