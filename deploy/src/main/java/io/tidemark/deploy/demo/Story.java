package io.tidemark.deploy.demo;

import io.tidemark.Version;
import io.tidemark.deploy.kit.Figures;
import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.Pictures;
import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.deploy.kit.SftpServer;
import io.tidemark.deploy.kit.TcpProxy;
import io.tidemark.deploy.kit.TransApp;
import io.tidemark.deploy.kit.TwoNodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A database and a folder of pictures travel from one server to the other, change, and travel again. */
final class Story {
    private static final int CHANGES = 1500;
    private static final int NEW_PICTURES_FROM = 900_001;
    private static final int NEW_PICTURES_TO = 900_012;

    private final Screen screen;
    private final DemoOptions options;
    private final Scratch scratch;
    private final long began = System.nanoTime();

    Story(Screen screen, DemoOptions options, Scratch scratch) {
        this.screen = screen;
        this.options = options;
        this.scratch = scratch;
    }

    /** @return what was shown, in one line; a {@link KitException} where it could not be shown */
    String tell() {
        screen.title("Tidemark " + Version.current() + " — a replica over nothing but SFTP");
        screen.heading("two servers");
        try (TwoNodes nodes = servers();
                SftpServer sftp = SftpServer.start(nodes.remote());
                TcpProxy wire = TcpProxy.before(sftp.port())) {
            screen.note("primary on port " + nodes.primary().port() + ", replica on port "
                    + nodes.replica().port() + ", SFTP with Ed25519 keys on port " + sftp.port());
            data(nodes);
            Travel travel = new Travel(screen, nodes, sftp, wire);
            Journey first = travel.go("first complete: everything travels");
            change(nodes);
            Journey second = travel.go("second complete: only what differs");
            try (LivePart live = new LivePart(screen, nodes, sftp, wire)) {
                live.show();
                travel.proveAgain();
                summary(first, second);
                live.status();
            }
            return "in " + Figures.seconds(Duration.ofNanos(System.nanoTime() - began)) + ": "
                    + Figures.count(second.rows())
                    + " rows and " + Figures.count(second.files()) + " pictures equal, the second complete took "
                    + Figures.percent(second.wireBytes(), first.wireBytes()) + " of the first one's bytes";
        }
    }

    private TwoNodes servers() {
        try (Screen.Live live = screen.live("PostgreSQL, twice", () -> "")) {
            TwoNodes nodes = TwoNodes.start(scratch, PostgresCluster.careless(), PostgresCluster.careless());
            live.end();
            screen.done(
                    "PostgreSQL, twice", "version " + nodes.primary().programs().major(), live.elapsed());
            return nodes;
        }
    }

    private void data(TwoNodes nodes) {
        try (Screen.Live live = screen.live("a database", () -> "")) {
            TransApp.create(nodes.primary(), TwoNodes.PRIMARY, options.scale());
            String size = nodes.primary().psql(TwoNodes.PRIMARY, "select pg_database_size(current_database())");
            live.end();
            screen.done("a database", "9 tables, " + Figures.bytes(Long.parseLong(size)), live.elapsed());
        }
        try (Screen.Live live = screen.live("report pictures", () -> "")) {
            Path folder = nodes.mediaSource();
            long bytes = 0;
            for (int i = 0; i < options.pictures(); i += 100) {
                int last = Math.min(i + 100, options.pictures());
                bytes += Pictures.write(folder.resolve("reports/" + i / 100), i + 1, last);
            }
            live.end();
            String text = Figures.count(options.pictures()) + " files, " + Figures.bytes(bytes);
            screen.done("report pictures", text, live.elapsed());
        }
    }

    private void change(TwoNodes nodes) {
        screen.heading("a day goes by on the primary");
        try (Screen.Live live = screen.live("inserts, updates, deletes", () -> "")) {
            TransApp.change(nodes.primary(), TwoNodes.PRIMARY, CHANGES);
            Path folder = nodes.mediaSource().resolve("reports/new");
            Pictures.write(folder, NEW_PICTURES_FROM, NEW_PICTURES_TO);
            Pictures.write(nodes.mediaSource().resolve("reports/0/report_1.jpeg"), -1);
            Scratch.delete(nodes.mediaSource().resolve("reports/0/report_2.jpeg"));
            live.end();
            String text = "some thousand rows; 12 pictures added, one changed, one removed";
            screen.done("inserts, updates, deletes", text, live.elapsed());
        }
    }

    private void summary(Journey first, Journey second) {
        screen.table(List.of(
                List.of("", "first", "second"),
                List.of("rows in the database", Figures.count(first.rows()), Figures.count(second.rows())),
                List.of("rows inserted", Figures.count(first.inserted()), Figures.count(second.inserted())),
                List.of("rows updated", Figures.count(first.updated()), Figures.count(second.updated())),
                List.of("rows deleted", Figures.count(first.deleted()), Figures.count(second.deleted())),
                List.of("bytes on the wire", Figures.bytes(first.wireBytes()), Figures.bytes(second.wireBytes())),
                List.of("capture and send", Figures.seconds(first.sent()), Figures.seconds(second.sent())),
                List.of("verify and load", Figures.seconds(first.loaded()), Figures.seconds(second.loaded())),
                List.of("sender's memory", Figures.bytes(first.senderPeak()), Figures.bytes(second.senderPeak())),
                List.of("receiver's memory", Figures.bytes(first.receiverPeak()), Figures.bytes(second.receiverPeak())),
                List.of("replica equal", "yes", "yes")));
    }
}
