package io.tidemark.deploy.bench;

import io.tidemark.deploy.kit.OpenSshServer;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.deploy.kit.SftpServer;
import io.tidemark.deploy.kit.TcpProxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The one SSH server for all contestants, behind one counter of bytes: OpenSSH's, or the embedded one where that is not installed.
 *
 * @param inside what the server puts before the paths below {@code folder}
 */
record Remote(
        String description,
        Runnable stop,
        TcpProxy wire,
        String user,
        String inside,
        Path folder,
        Path privateKey,
        Path knownHosts)
        implements AutoCloseable {

    static Remote start(Scratch scratch, Path folder) {
        Path keys = scratch.subfolder("sshd");
        Optional<OpenSshServer> openSsh = OpenSshServer.start(keys);
        if (openSsh.isPresent()) {
            OpenSshServer server = openSsh.get();
            TcpProxy wire = TcpProxy.before(server.port());
            Path hosts = server.writeKnownHosts(wire.port());
            return new Remote(
                    "OpenSSH",
                    server::close,
                    wire,
                    server.user(),
                    folder.toString(),
                    folder,
                    server.privateKey(),
                    hosts);
        }
        SftpServer server = SftpServer.start(folder);
        TcpProxy wire = TcpProxy.before(server.port());
        Path hosts = server.writeKnownHosts(keys, wire.port());
        return new Remote(
                "embedded", server::close, wire, SftpServer.USER, "", folder, server.writeUserKey(keys), hosts);
    }

    /** OpenSSH's client in batch mode, up to the host; its commands come on standard input. */
    List<String> sftp() {
        return List.of(
                "sftp",
                "-q",
                "-b",
                "-",
                "-P",
                Integer.toString(wire.port()),
                "-i",
                privateKey.toString(),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "UserKnownHostsFile=" + knownHosts,
                user + "@127.0.0.1");
    }

    @Override
    public void close() {
        wire.close();
        stop.run();
    }
}
