package io.tidemark.sender.sftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.CopyOption;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.jspecify.annotations.Nullable;

/** An embedded SSH server that offers a folder as {@code /} to the holder of one key. */
public final class SftpServer implements AutoCloseable {
    public static final String USER = "tidemark";

    private final Path root;
    private final PublicKey userKey;
    private final List<String> renamed = new CopyOnWriteArrayList<>();
    private KeyPair[] hostKeys = {Keys.generate("ecdsa-sha2-nistp256", 256)};
    private int port;
    private volatile Trouble trouble = new Trouble() {};
    private @Nullable SshServer server;

    public SftpServer(Path root, PublicKey userKey) {
        this.root = root;
        this.userKey = userKey;
        start();
    }

    /** What a server does beside what it should. */
    public interface Trouble {
        default void beforeOpening(Path file) throws IOException {}

        default void beforeWriting(int length) throws IOException {}

        /** After the rename, before its answer. */
        default void afterRenaming(ServerSession session) {}
    }

    /** On the same port as before, if there was one. */
    public void start() {
        SshServer fresh = SshServer.setUpDefaultServer();
        fresh.setHost("127.0.0.1");
        fresh.setPort(port);
        fresh.setKeyPairProvider(KeyPairProvider.wrap(hostKeys));
        fresh.setPublickeyAuthenticator(
                (user, key, session) -> USER.equals(user) && KeyUtils.compareKeys(key, userKey));
        fresh.setFileSystemFactory(new VirtualFileSystemFactory(root));
        SftpSubsystemFactory sftp = new SftpSubsystemFactory.Builder().build();
        sftp.addSftpEventListener(new Listener());
        fresh.setSubsystemFactories(List.of(sftp));
        try {
            fresh.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = fresh.getPort();
        server = fresh;
    }

    /** Cuts every connection. */
    public void stop() {
        if (server != null) {
            try {
                server.stop(true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public void changeHostKey(KeyPair... others) {
        stop();
        hostKeys = others;
        start();
    }

    public void cause(Trouble other) {
        trouble = other;
    }

    public int port() {
        return port;
    }

    public PublicKey hostKey() {
        return hostKeys[0].getPublic();
    }

    /** Final names, in the order in which files got them. */
    public List<String> renamed() {
        return renamed;
    }

    @Override
    public void close() {
        stop();
    }

    private final class Listener implements SftpEventListener {
        @Override
        public void opening(ServerSession session, String remoteHandle, org.apache.sshd.sftp.server.Handle handle)
                throws IOException {
            trouble.beforeOpening(handle.getFile());
        }

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
            trouble.beforeWriting(length);
        }

        @Override
        public void moved(
                ServerSession session, Path from, Path to, Collection<CopyOption> options, @Nullable Throwable thrown) {
            if (thrown == null) {
                renamed.add(to.getFileName().toString());
                trouble.afterRenaming(session);
            }
        }
    }
}
