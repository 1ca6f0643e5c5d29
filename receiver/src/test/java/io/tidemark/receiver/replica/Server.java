package io.tidemark.receiver.replica;

import io.tidemark.database.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** One PostgreSQL server for all tests of a run, in a folder of its own; it ends with the process. */
final class Server {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

    private final Path folder;
    private final Path bin;
    private final int port;
    private Process process;

    private Server(Path folder, Path bin, String... forInitdb) throws IOException, InterruptedException {
        this.folder = folder;
        this.bin = bin;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        if (isRoot()) {
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
        }
        List<String> arguments = new ArrayList<>(List.of(
                "-D", data(), "-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"));
        arguments.addAll(Arrays.asList(forInitdb));
        run("initdb", arguments.toArray(String[]::new));
        process = launch();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        awaitConnections();
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(command(
                        "postgres",
                        "-D",
                        data(),
                        "-p",
                        "" + port,
                        "-k",
                        folder.toString(),
                        "-c",
                        "fsync=off",
                        "-c",
                        "full_page_writes=off",
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "max_wal_size=4GB"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private void awaitConnections() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            open("postgres").close();
            return true;
        });
    }

    private static final class Shared {
        private static final Server SERVER = start();

        private static Server start() {
            try {
                Path memory = Path.of("/dev/shm");
                Path folder = Files.isWritable(memory)
                        ? Files.createTempDirectory(memory, "tidemark-pg-")
                        : Files.createTempDirectory("tidemark-pg-");
                return new Server(folder, newest());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
    }

    /**
     * A server of a test's own whose write-ahead log lies in that folder, in segments of 1 MB.
     *
     * @param log empty, and the server's
     */
    static Server withLogIn(Path log) throws IOException, InterruptedException {
        return new Server(Files.createTempDirectory("tidemark-pg-"), newest(), "--waldir=" + log, "--wal-segsize=1");
    }

    /** Of one that may have gone down by itself, or is coming up again by itself. */
    void startAgain() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            if (!process.isAlive()) {
                process = launch();
            }
            open("postgres").close();
            return true;
        });
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** Skips the test where no server programs are installed. */
    static Server shared() {
        Assumptions.assumeTrue(Files.isDirectory(INSTALLED), "needs the programs of a PostgreSQL server");
        return Shared.SERVER;
    }

    private static Path newest() throws IOException {
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(path -> Files.isExecutable(path.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString))
                    .orElseThrow();
        }
    }

    /** A new empty database. */
    String database() {
        String name = "db" + NUMBER.incrementAndGet();
        sql("postgres", "create database " + name);
        return name;
    }

    Connection open(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "postgres", "");
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    Database pinned(String database) {
        return new Database(url(database), "postgres", null, Duration.ofSeconds(10));
    }

    void sql(String database, String sql) {
        try (Connection connection = open(database);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** The first column of all rows, each after a blank. */
    String read(String database, String query) {
        StringBuilder text = new StringBuilder();
        try (Connection connection = open(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                text.append(text.isEmpty() ? "" : " ").append(row.getString(1));
            }
            return text.toString();
        } catch (SQLException failure) {
            throw new IllegalStateException(query, failure);
        }
    }

    String dump(String database, String section) throws IOException, InterruptedException {
        return run(
                "pg_dump",
                "-h",
                "127.0.0.1",
                "-p",
                "" + port,
                "-U",
                "postgres",
                "--section=" + section,
                "--no-owner",
                "--no-privileges",
                database);
    }

    private String run(String program, String... arguments) throws IOException, InterruptedException {
        Process started = new ProcessBuilder(command(program, arguments))
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        String output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (started.waitFor() != 0) {
            throw new IllegalStateException(program + ": " + Files.readString(folder.resolve("errors")));
        }
        return output;
    }

    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            io.tidemark.file.DurableFiles.deleteTree(folder);
        } catch (IOException | InterruptedException leftBehind) {
            Thread.currentThread().interrupt();
        }
    }
}
