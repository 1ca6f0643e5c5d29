package io.tidemark.sender.partial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL server of a test's own that writes logical WAL; it refuses root, so that root starts it as another user. */
final class Primary implements AutoCloseable {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final Path data;
    private final int port;
    private final Path programs;
    private final String parameters;

    private Primary(Path data, int port, Path programs, String parameters) {
        this.data = data;
        this.port = port;
        this.programs = programs;
        this.parameters = parameters;
    }

    /** The same, of which a reader of the log hears early of open transactions. */
    Primary tellingEarly() {
        return new Primary(data, port, programs, "?options=-c%20logical_decoding_work_mem=64kB");
    }

    static Primary start() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tidemark-primary");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Primary primary = new Primary(folder.resolve("data"), port, programs(), "");
        primary.run("initdb", "-A", "trust", "-U", "postgres", "-N", "-D", primary.data.toString());
        primary.start(folder, port);
        primary.sql("postgres", "create role " + STREAMED + " login replication in role postgres, pg_read_all_data");
        return primary;
    }

    private void start(Path folder, int at) throws IOException, InterruptedException {
        control(
                "start",
                "-o",
                "-p " + at + " -k " + folder + " -c listen_addresses=127.0.0.1 -c wal_level=logical -c fsync=off"
                        + " -c max_prepared_transactions=5");
    }

    /** A standby that follows this one. */
    Primary standby() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tidemark-standby");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        int other;
        try (ServerSocket free = new ServerSocket(0)) {
            other = free.getLocalPort();
        }
        Primary standby = new Primary(folder.resolve("data"), other, programs, "");
        standby.run(
                "pg_basebackup",
                "-h",
                "127.0.0.1",
                "-p",
                "" + port,
                "-U",
                "postgres",
                "-N",
                "-R",
                "-c",
                "fast",
                "-D",
                standby.data.toString());
        standby.start(folder, other);
        return standby;
    }

    /** One that another process has started. */
    static Primary at(String url) {
        int port = Integer.parseInt(url.replaceAll(".*:(\\d+)/.*", "$1"));
        return new Primary(Path.of("unknown"), port, Path.of("unknown"), "");
    }

    /** pg_ctl: start, stop, restart. */
    void control(String... words) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "-w",
                "-s",
                "-D",
                data.toString(),
                "-l",
                data.resolveSibling("log").toString()));
        arguments.addAll(Arrays.asList(words));
        run("pg_ctl", arguments.toArray(String[]::new));
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            words.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"));
        }
        words.add(programs.resolve(program).toString());
        words.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(words)
                .directory(data.resolveSibling(".").toFile())
                .redirectErrorStream(true)
                .redirectOutput(data.resolveSibling(program + ".out").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(words + ": " + Files.readString(data.resolveSibling(program + ".out")));
        }
    }

    private static Path programs() throws IOException {
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + parameters;
    }

    /** One who may read and publish everything, but not keep what the server says of it out of the server's log, so that changes are streamed. */
    static final String STREAMED = "streamed";

    /** One statement, or several in one implicit transaction. */
    void sql(String database, String sql) {
        try (Connection connection = DriverManager.getConnection(url(database), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** The lines that the server wrote. */
    List<String> log() throws IOException {
        return Files.readAllLines(data.resolveSibling("log"));
    }

    /** Rows as lists of texts. */
    List<List<String>> rows(String database, String query) {
        try (Connection connection = DriverManager.getConnection(url(database), "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<List<String>> rows = new ArrayList<>();
            while (row.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    cells.add(String.valueOf(row.getString(i)));
                }
                rows.add(cells);
            }
            return rows;
        } catch (SQLException failure) {
            throw new IllegalStateException(query, failure);
        }
    }

    @Override
    public void close() {
        try {
            control("-m", "immediate", "stop");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
