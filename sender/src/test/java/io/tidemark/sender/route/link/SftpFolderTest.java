package io.tidemark.sender.route.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.sender.sftp.Keys;
import io.tidemark.sender.sftp.SftpServer;
import io.tidemark.sender.sftp.SftpServer.Trouble;
import io.tidemark.transfer.RemoteLocation;
import io.tidemark.transfer.SftpAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SftpFolderTest {
    private static final KeyPair USER_KEY = Keys.generate("ecdsa-sha2-nistp256", 256);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private SftpServer server;
    private DefaultCamelContext camel;
    private Links links;

    @BeforeEach
    void connect() throws IOException {
        Files.createDirectories(folder.resolve("remote/inbox"));
        Files.writeString(folder.resolve("remote/inbox/file"), "content");
        server = new SftpServer(folder.resolve("remote"), USER_KEY.getPublic());
        SftpAccess access = new SftpAccess(
                Keys.writePrivate(USER_KEY, folder.resolve("key"), null),
                Keys.writeKnownHost(folder.resolve("known_hosts"), server.port(), server.hostKey()),
                PATIENCE,
                PATIENCE);
        RemoteLocation at =
                RemoteLocation.parse("sftp://" + SftpServer.USER + "@127.0.0.1:" + server.port() + "/inbox");
        camel = new DefaultCamelContext();
        links = Links.to(new Remote(at, Optional.empty(), Optional.of(access), Optional.empty()), camel);
    }

    @AfterEach
    void disconnect() {
        links.close();
        camel.stop();
        server.close();
    }

    /** Receivers take volumes away at any time; some servers then answer the whole listing so. */
    private AtomicInteger aFileIsLostWhileTheFolderIsListedFirst() {
        AtomicInteger listings = new AtomicInteger();
        server.cause(new Trouble() {
            @Override
            public void beforeOpening(Path file) throws IOException {
                if (listings.incrementAndGet() == 1) {
                    throw new NoSuchFileException(file + "/gone");
                }
            }
        });
        return listings;
    }

    @Test
    void aServerThatLostAFileWhileItListedTheFolderIsAskedAgain() throws IOException {
        AtomicInteger listings = aFileIsLostWhileTheFolderIsListedFirst();
        assertThat(links.inboxFolder().list())
                .extracting(RemoteFolder.Entry::name)
                .containsExactly("file");
        assertThat(listings).as("listings").hasValue(2);
    }

    @Test
    void aFileCountsAsThereAlthoughTheServerLostAnotherWhileItLookedForIt() throws IOException {
        AtomicInteger listings = aFileIsLostWhileTheFolderIsListedFirst();
        assertThat(links.inboxFolder().size("file")).hasValue("content".length());
        assertThat(listings).as("listings").hasValue(2);
        assertThat(links.inboxFolder().size("other")).isEmpty();
    }

    @Test
    void aFolderThatIsNotThereIsAFailure() throws IOException {
        Files.delete(folder.resolve("remote/inbox/file"));
        Files.delete(folder.resolve("remote/inbox"));
        assertThatThrownBy(() -> links.inboxFolder().list()).hasMessageContaining("Cannot list directory");
    }
}
