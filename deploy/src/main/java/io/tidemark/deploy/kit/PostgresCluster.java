package io.tidemark.deploy.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of its own in a private folder, on a free port of the loopback interface. Passwords are asked for over TCP. It ends
 * with this process at the latest and leaves nothing but its folder.
 */
public final class PostgresCluster implements AutoCloseable {
    public static final String SUPERUSER = "postgres";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Small and quick; what is given on top wins. */
    private static final Map<String, String> USUAL = Map.of(
            "listen_addresses", "127.0.0.1",
            "wal_level", "logical",
            "max_connections", "60",
            "max_prepared_transactions", "8",
            "max_wal_senders", "8",
            "max_replication_slots", "8",
            "shared_buffers", "64MB",
            "log_timezone", "UTC",
            "timezone", "UTC");

    private final PostgresPrograms programs;
    private final Path folder;
    private final String password = Secrets.random();
    private final UnprivilegedUser user = UnprivilegedUser.find();
    private final Map<String, String> settings = new LinkedHashMap<>(USUAL);
    private final Hook hook;
    private final int port;
    private @Nullable Process process;

    private PostgresCluster(PostgresPrograms programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
        this.hook = Hook.atExit(Hook.SERVERS, this::stopNow);
    }

    /** Makes the cluster's files in {@code folder}, which is created, and starts it. */
    public static PostgresCluster start(PostgresPrograms programs, Path folder, Map<String, String> settings) {
        PostgresCluster cluster = new PostgresCluster(programs, folder, Ports.free());
        cluster.settings.put("port", Integer.toString(cluster.port));
        cluster.settings.put("unix_socket_directories", folder.toString());
        cluster.settings.putAll(settings);
        cluster.initialise();
        cluster.start();
        return cluster;
    }

    /** Settings for a server whose data need not outlive a crash of the machine: no fsync. */
    public static Map<String, String> careless() {
        return Map.of("fsync", "off", "full_page_writes", "off");
    }

    private void initialise() {
        try {
            Files.createDirectories(folder);
            user.own(folder);
            Path secret = folder.resolve("password");
            Files.writeString(secret, password);
            user.own(secret);
            unprivileged("initdb", "-D", data().toString(), "-U", SUPERUSER, "--pwfile=" + secret, "--no-sync")
                    .with("--auth-local=trust", "--auth-host=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8")
                    .run();
            Files.delete(secret);
            StringBuilder text = new StringBuilder();
            settings.forEach((key, value) -> text.append(key + " = '" + value.replace("'", "''") + "'\n"));
            Files.writeString(data().resolve("postgresql.auto.conf"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be prepared for a server", e);
        }
    }

    /** Waits until it takes connections. */
    public void start() {
        Command command = unprivileged("postgres", "-D", data().toString());
        ProcessBuilder builder = command.builder();
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        try {
            Process started = builder.start();
            process = started;
            Wait.until("PostgreSQL in " + folder + " accepts connections", PATIENCE, () -> ready(started));
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL cannot be started", e);
        }
    }

    private boolean ready(Process started) {
        if (!started.isAlive()) {
            throw new KitException("PostgreSQL ended while starting:\n" + log(40));
        }
        return tool("pg_isready").with("-q", "-d", SUPERUSER).tryRun().exitCode() == 0;
    }

    /** Fast shutdown: connections are cut, the data are written out. */
    public void stop() {
        signal("INT");
    }

    /** As kill -9 of all its processes. */
    public void kill9() {
        Process running = process;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
            end(running);
        }
    }

    public void restart() {
        stop();
        start();
    }

    @Override
    public void close() {
        hook.cancel();
        stopNow();
    }

    private void stopNow() {
        signal("QUIT");
    }

    private void signal(String name) {
        Process running = process;
        if (running != null && running.isAlive()) {
            Command.of("sh", "-c", "kill -" + name + " " + running.pid()).tryRun();
            end(running);
        }
    }

    private void end(Process running) {
        Wait.until("PostgreSQL in " + folder + " ends", PATIENCE, () -> !running.isAlive());
        process = null;
    }

    /** Runs SQL as the superuser, stops at the first error, and gives rows as lines, columns separated by {@code |}. */
    public String psql(String database, String sql) {
        return psql(database).with("-At").run(sql).stripTrailing();
    }

    /** A psql that stops at the first error and reads no personal settings; arguments can be added. */
    public Command psql(String database) {
        return tool("psql").with("-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database);
    }

    /** A client program of the same version that finds this server and its superuser by itself. */
    public Command tool(String name) {
        return Command.of(programs.program(name)).environment(clientEnvironment());
    }

    public Map<String, String> clientEnvironment() {
        return Map.of(
                "PGHOST",
                "127.0.0.1",
                "PGPORT",
                Integer.toString(port),
                "PGUSER",
                SUPERUSER,
                "PGPASSWORD",
                password,
                "PGCLIENTENCODING",
                "UTF8");
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** With user and password. */
    public String uri(String database) {
        return "postgresql://" + SUPERUSER + ":" + password + "@127.0.0.1:" + port + "/" + database;
    }

    public String password() {
        return password;
    }

    public int port() {
        return port;
    }

    public PostgresPrograms programs() {
        return programs;
    }

    public Path data() {
        return folder.resolve("data");
    }

    private Path log() {
        return folder.resolve("log");
    }

    /** The last lines of the server's log. */
    public String log(int lines) {
        return TextFiles.tail(log(), lines);
    }

    private Command unprivileged(String program, String... arguments) {
        return Command.of(user.prefix())
                .with(programs.program(program))
                .with(arguments)
                .in(folder);
    }
}
