package io.tidemark.deploy.twonode;

import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.TwoNodes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Reads table {@code report} of the replica again and again, as fast as it can, and looks whether each row's picture is there. */
final class PictureReader {
    private final PostgresCluster replica;
    private final Path folder;
    private final AtomicBoolean enough = new AtomicBoolean();
    private final AtomicLong found = new AtomicLong();
    private final CompletableFuture<List<String>> reading = new CompletableFuture<>();

    PictureReader(PostgresCluster replica, Path folder) {
        this.replica = replica;
        this.folder = folder;
        Thread thread = new Thread(this::read, "picture-reader");
        thread.setDaemon(true);
        thread.start();
    }

    /** Rows that were found with their pictures so far. */
    long found() {
        return found.get();
    }

    /** Ends it; gives the pictures that were missing while a row named them. */
    List<String> missing() {
        enough.set(true);
        return reading.join();
    }

    private void read() {
        List<String> missing = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(
                        replica.jdbcUrl(TwoNodes.REPLICA), PostgresCluster.SUPERUSER, replica.password());
                PreparedStatement all = connection.prepareStatement("select picture from report");
                PreparedStatement again = connection.prepareStatement("select from report where picture = ?")) {
            while (!enough.get()) {
                look(all, again, missing);
            }
            reading.complete(missing);
        } catch (SQLException failure) {
            reading.completeExceptionally(failure);
        }
    }

    /** A row that is there before and after its file was looked for was there meanwhile. */
    private void look(PreparedStatement all, PreparedStatement again, List<String> missing) throws SQLException {
        try (ResultSet row = all.executeQuery()) {
            while (row.next()) {
                String picture = row.getString(1);
                if (Files.exists(folder.resolve(picture))) {
                    found.incrementAndGet();
                } else if (isNamed(again, picture)) {
                    missing.add(picture);
                }
            }
        }
    }

    private static boolean isNamed(PreparedStatement again, String picture) throws SQLException {
        again.setString(1, picture);
        try (ResultSet row = again.executeQuery()) {
            return row.next();
        }
    }
}
