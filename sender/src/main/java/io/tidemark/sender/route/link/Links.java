package io.tidemark.sender.route.link;

import io.tidemark.transfer.EndpointUris;
import io.tidemark.transfer.RemoteLocation;
import io.tidemark.transfer.SftpAccess;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * The node's connections to the remote: one on which volumes are sent, one for everything else. Neither is opened before it is needed.
 */
public final class Links implements Closeable {
    private final Endpoint inbox;
    private final RemoteFolder inboxFolder;
    private final @Nullable RemoteFolder receiptsFolder;
    private final @Nullable Sessions sessions;

    /** What an SFTP remote needs beside its endpoints. */
    private record Sessions(WatchedConnection sending, WatchedConnection asking, SftpLink link) {}

    private Links(
            Endpoint inbox,
            RemoteFolder inboxFolder,
            @Nullable RemoteFolder receiptsFolder,
            @Nullable Sessions sessions) {
        this.inbox = inbox;
        this.inboxFolder = inboxFolder;
        this.receiptsFolder = receiptsFolder;
        this.sessions = sessions;
    }

    public static Links to(Remote remote, CamelContext camel) {
        return remote.access().map(access -> sftp(remote, access, camel)).orElseGet(() -> file(remote, camel));
    }

    /** Where the route sends volumes, under the name in the header {@code CamelFileName}. */
    public Endpoint inbox() {
        return inbox;
    }

    public RemoteFolder inboxFolder() {
        return inboxFolder;
    }

    public Optional<RemoteFolder> receiptsFolder() {
        return Optional.ofNullable(receiptsFolder);
    }

    @Override
    public void close() {
        if (sessions != null) {
            sessions.link().close();
            sessions.asking().release();
            sessions.sending().release();
        }
    }

    private static Links file(Remote remote, CamelContext camel) {
        FileEndpoint endpoint = camel.getEndpoint(EndpointUris.file("inbox"), FileEndpoint.class);
        Path folder = Path.of(remote.inbox().path());
        endpoint.setFile(folder.toFile());
        endpoint.getConfiguration().setDirectory(folder.toString());
        return new Links(
                endpoint,
                new LocalFolder(folder),
                remote.receipts()
                        .map(receipts -> new LocalFolder(Path.of(receipts.path())))
                        .orElse(null),
                null);
    }

    private static Links sftp(Remote remote, SftpAccess access, CamelContext camel) {
        WatchedConnection sending = new WatchedConnection(access.stall());
        WatchedConnection asking = new WatchedConnection(access.stall());
        SftpLink link = new SftpLink(endpoint(remote, access, "asking", asking, camel));
        return new Links(
                endpoint(remote, access, "sending", sending, camel),
                new SftpFolder(link, remote.inbox()),
                remote.receipts()
                        .map(receipts -> new SftpFolder(link, receipts))
                        .orElse(null),
                new Sessions(sending, asking, link));
    }

    private static SftpEndpoint endpoint(
            Remote remote, SftpAccess access, String name, WatchedConnection connection, CamelContext camel) {
        camel.getRegistry().bind(name, connection);
        RemoteLocation at = remote.inbox();
        SftpEndpoint endpoint = camel.getEndpoint(EndpointUris.sftp(at, access, name), SftpEndpoint.class);
        SftpConfiguration configuration = endpoint.getConfiguration();
        configuration.setDirectory(at.path());
        configuration.setUsername(at.user());
        configuration.setPrivateKeyFile(access.privateKey().toString());
        configuration.setKnownHostsFile(access.knownHosts().toString());
        remote.passphrase().ifPresent(secret -> configuration.setPrivateKeyPassphrase(secret.value()));
        return endpoint;
    }
}
