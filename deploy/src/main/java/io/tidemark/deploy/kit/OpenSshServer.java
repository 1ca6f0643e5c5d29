package io.tidemark.deploy.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Optional;

/** OpenSSH's own server with SFTP only, on a free port with settings and keys of its own; the login is the user who runs this. */
public final class OpenSshServer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
    /** Where Debian's sshd, started by root, wants an empty folder. */
    private static final Path SEPARATION = Path.of("/run/sshd");

    private final Process process;
    private final int port;
    private final Path folder;
    private final KeyPair hostKey;
    private final Hook hook;

    private OpenSshServer(Process process, int port, Path folder, KeyPair hostKey) {
        this.process = process;
        this.port = port;
        this.folder = folder;
        this.hostKey = hostKey;
        this.hook = Hook.atExit(Hook.SERVERS, this::end);
    }

    public static boolean installed() {
        return Files.isExecutable(PROGRAM);
    }

    /** Keys and settings go into {@code folder}, which is made; empty where sshd is not installed. */
    public static Optional<OpenSshServer> start(Path folder) {
        return installed() ? Optional.of(launch(folder)) : Optional.empty();
    }

    private static OpenSshServer launch(Path folder) {
        KeyPair hostKey = SshKeys.ed25519();
        KeyPair userKey = SshKeys.ed25519();
        int port = Ports.free();
        SshKeys.writePrivate(hostKey, folder.resolve("host_key"));
        SshKeys.writePrivate(userKey, folder.resolve("id_ed25519"));
        TextFiles.writeSecret(folder.resolve("authorized_keys"), SshKeys.line(userKey.getPublic()) + "\n");
        Path settings = TextFiles.write(folder.resolve("sshd_config"), settings(folder, port));
        try {
            if (UnprivilegedUser.isRoot()) {
                Files.createDirectories(SEPARATION);
            }
            Process process = new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", settings.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            OpenSshServer server = new OpenSshServer(process, port, folder, hostKey);
            Wait.until("sshd listens", Duration.ofSeconds(20), server::listens);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("sshd cannot be started", e);
        }
    }

    private static String settings(Path folder, int port) {
        return String.join(
                "\n",
                "ListenAddress 127.0.0.1",
                "Port " + port,
                "HostKey " + folder.resolve("host_key"),
                "AuthorizedKeysFile " + folder.resolve("authorized_keys"),
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin prohibit-password",
                "MaxStartups 100",
                "Subsystem sftp internal-sftp",
                "");
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new KitException("sshd ended while starting:\n" + TextFiles.tail(folder.resolve("log"), 20));
        }
        return TextFiles.tail(folder.resolve("log"), 20).contains("Server listening on");
    }

    public int port() {
        return port;
    }

    public String user() {
        return System.getProperty("user.name", "root");
    }

    public Path privateKey() {
        return folder.resolve("id_ed25519");
    }

    /** Writes {@code known_hosts} that pins the host key at each of the ports (a proxy before the server has its own). */
    public Path writeKnownHosts(int... ports) {
        StringBuilder lines = new StringBuilder();
        for (int each : ports) {
            lines.append(SshKeys.knownHost(each, hostKey.getPublic()));
        }
        return TextFiles.write(folder.resolve("known_hosts"), lines.toString());
    }

    @Override
    public void close() {
        hook.cancel();
        end();
    }

    private void end() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        Wait.until("sshd ends", Duration.ofSeconds(20), () -> !process.isAlive());
    }
}
