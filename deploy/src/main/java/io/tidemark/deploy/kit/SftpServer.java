package io.tidemark.deploy.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.CopyOption;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.jspecify.annotations.Nullable;

/** An embedded SSH server that offers one folder by SFTP as {@code /} to the holder of one Ed25519 key. */
public final class SftpServer implements AutoCloseable {
    public static final String USER = "tidemark";

    private final Path root;
    private final int port;
    private final KeyPair userKey = SshKeys.ed25519();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);
    private final AtomicReference<@Nullable Runnable> renamed = new AtomicReference<>();
    private KeyPair hostKey = SshKeys.ed25519();
    private @Nullable SshServer server;

    private SftpServer(Path root, int port) {
        this.root = root;
        this.port = port;
    }

    public static SftpServer start(Path root) {
        SftpServer server = new SftpServer(root, Ports.free());
        server.start();
        return server;
    }

    /** On the same port as before. */
    public void start() {
        SshServer fresh = SshServer.setUpDefaultServer();
        fresh.setHost("127.0.0.1");
        fresh.setPort(port);
        fresh.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        fresh.setPublickeyAuthenticator(
                (user, key, session) -> USER.equals(user) && KeyUtils.compareKeys(key, userKey.getPublic()));
        fresh.setFileSystemFactory(new VirtualFileSystemFactory(root));
        SftpSubsystemFactory sftp = new SftpSubsystemFactory.Builder().build();
        sftp.addSftpEventListener(new Watcher());
        fresh.setSubsystemFactories(List.of(sftp));
        try {
            fresh.start();
        } catch (IOException e) {
            throw new UncheckedIOException("SFTP server cannot listen on port " + port, e);
        }
        server = fresh;
    }

    /** Cuts every connection. */
    public void stop() {
        SshServer running = server;
        server = null;
        if (running != null) {
            try {
                running.stop(true);
            } catch (IOException e) {
                throw new UncheckedIOException("SFTP server cannot be stopped", e);
            }
        }
    }

    /** From the next start on the server shows another host key. */
    public void changeHostKey() {
        hostKey = SshKeys.ed25519();
    }

    /** From now on, after that many more bytes every write fails as on a full disk. */
    public void failWritesAfter(long bytes) {
        room.set(bytes);
    }

    public void healWrites() {
        room.set(Long.MAX_VALUE);
    }

    /** Once, when a file has got its new name and before the client is told. */
    public void afterNextRename(Runnable action) {
        renamed.set(action);
    }

    public int port() {
        return port;
    }

    /** Bytes of files written so far, without what SSH adds. */
    public long written() {
        return written.get();
    }

    /** Writes {@code id_ed25519} with the user's private key. */
    public Path writeUserKey(Path folder) {
        return SshKeys.writePrivate(userKey, folder.resolve("id_ed25519"));
    }

    /** Writes {@code known_hosts} that pins the present host key at each of the ports (a proxy before the server has its own). */
    public Path writeKnownHosts(Path folder, int... ports) {
        StringBuilder lines = new StringBuilder();
        for (int each : ports) {
            lines.append(SshKeys.knownHost(each, hostKey.getPublic()));
        }
        return TextFiles.write(folder.resolve("known_hosts"), lines.toString());
    }

    @Override
    public void close() {
        stop();
    }

    private final class Watcher implements SftpEventListener {
        @Override
        public void writing(
                ServerSession session,
                String remoteHandle,
                FileHandle handle,
                long offset,
                byte[] data,
                int dataOffset,
                int length)
                throws IOException {
            if (room.get() != Long.MAX_VALUE && room.addAndGet(-length) < 0) {
                throw new IOException("No space left on device");
            }
            written.addAndGet(length);
        }

        @Override
        public void moved(
                ServerSession session,
                Path from,
                Path to,
                Collection<CopyOption> options,
                @Nullable Throwable problem) {
            Runnable action = renamed.getAndSet(null);
            if (action != null) {
                action.run();
            }
        }
    }
}
