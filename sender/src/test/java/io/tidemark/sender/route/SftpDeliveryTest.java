package io.tidemark.sender.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.VolumeName;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.sender.route.link.Remote;
import io.tidemark.sender.sftp.Keys;
import io.tidemark.sender.sftp.SftpServer;
import io.tidemark.sender.sftp.SftpServer.Trouble;
import io.tidemark.sender.sftp.TcpProxy;
import io.tidemark.transfer.RemoteLocation;
import io.tidemark.transfer.SftpAccess;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.server.session.ServerSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract over SFTP, and what only a network and another machine can do. */
class SftpDeliveryTest extends DeliveryContract {
    private static final KeyPair USER_KEY = Keys.generate("ecdsa-sha2-nistp256", 256);
    private static final Duration STALL = Duration.ofMillis(1200);

    private SftpServer server;
    private TcpProxy network;

    @BeforeEach
    void connect() {
        server = new SftpServer(folder.resolve("remote"), USER_KEY.getPublic());
        network = new TcpProxy(server.port());
    }

    @AfterEach
    void disconnect() throws IOException {
        server.close();
        network.close();
    }

    @Override
    Remote remote(Path remoteRoot) {
        SftpAccess access = new SftpAccess(
                Keys.writePrivate(USER_KEY, folder.resolve("key"), null),
                Keys.writeKnownHost(folder.resolve("known_hosts"), network.port(), server.hostKey()),
                Duration.ofSeconds(5),
                STALL);
        RemoteLocation at =
                RemoteLocation.parse("sftp://" + SftpServer.USER + "@127.0.0.1:" + network.port() + "/inbox");
        return new Remote(at, Optional.of(at.withPath("/~/receipts")), Optional.of(access), Optional.empty());
    }

    private TidemarkException failure() {
        return push().failure().orElseThrow();
    }

    @Test
    void bundlesArriveInTheOrderOfTheirSequencesAndEachCommitLast() {
        workshop.fill(12, VolumeName.LAST, 10);
        workshop.fill(3, VolumeName.LAST, 10);
        workshop.fill(3, 2, 10);
        workshop.fill(12, 1, 10);
        workshop.fill(3, 1, 10);
        List<VolumeName> inOrder = workshop.outbox.waiting();
        assertThat(push().failure()).isEmpty();
        assertThat(server.renamed())
                .containsExactlyElementsOf(
                        inOrder.stream().map(VolumeName::fileName).toList());
    }

    /** Fault 27. */
    @Test
    void aLinkCutAtEveryTenthOfAVolumeCostsNoByteOfIt() throws IOException {
        int size = 400_000;
        for (int tenth = 0; tenth < 10; tenth++) {
            VolumeName volume = workshop.fill(tenth + 1, 1, size);
            byte[] content = Files.readAllBytes(workshop.outbox.file(volume));
            network.cutAfter(2_500 + tenth * (size / 10));
            assertThat(push().failure()).as("after a cut at %d0 %%", tenth).isEmpty();
            assertThat(inbox.resolve(volume.fileName())).hasBinaryContent(content);
        }
        assertThat(arrived()).hasSize(10).noneMatch(name -> name.endsWith(".part"));
    }

    /** Fault 28. */
    @Test
    void aRenameWhoseAnswerWasLostCounts() throws IOException {
        VolumeName volume = workshop.fill(1, 1, 100_000);
        AtomicBoolean once = new AtomicBoolean();
        server.cause(new Trouble() {
            @Override
            public void afterRenaming(ServerSession session) {
                if (once.compareAndSet(false, true)) {
                    session.close(true);
                }
            }
        });
        assertThat(push().failure()).isEmpty();
        assertThat(server.renamed())
                .as("renames, the second of which would be a second sending")
                .containsExactly(volume.fileName());
        assertThat(arrived()).containsExactly(volume.fileName());
    }

    /** Fault 29: the buffers on the way are full, and the write does not end. */
    @Test
    void aLinkThatTakesNoMoreBytesIsCutAndTheVolumeSentAgain() throws IOException {
        VolumeName volume = workshop.fill(1, 1, 24 << 20);
        network.stallAfter(3 << 20);
        assertThat(push().failure()).isEmpty();
        assertThat(inbox.resolve(volume.fileName())).hasSize(24 << 20);
    }

    /** Fault 29: everything is written, and nobody answers. */
    @Test
    void aLinkThatBringsNoMoreAnswersIsCutAndTheVolumeSentAgain() throws IOException {
        VolumeName volume = workshop.fill(1, 1, 50_000);
        AtomicBoolean once = new AtomicBoolean();
        server.cause(new Trouble() {
            @Override
            public void beforeWriting(int length) {
                if (once.compareAndSet(false, true)) {
                    network.swallowAnswers();
                }
            }
        });
        assertThat(push().failure()).isEmpty();
        assertThat(inbox.resolve(volume.fileName())).hasSize(50_000);
    }

    /** Fault 30, for two seconds. */
    @Test
    void aSlowLinkIsWaitedFor() throws IOException {
        VolumeName volume = workshop.fill(1, 1, 250_000);
        network.throttle(125_000);
        assertThat(push().failure()).isEmpty();
        assertThat(inbox.resolve(volume.fileName())).hasSize(250_000);
        assertThat(network.connections())
                .as("connections, more than two of which would mean cuts")
                .isEqualTo(2);
    }

    /** Fault 31. */
    @Test
    void aChangedHostKeyIsFatalAtOnce() {
        VolumeName volume = workshop.fill(1, 1, 100);
        Remote pinned = remote();
        server.changeHostKey(Keys.generate("ecdsa-sha2-nistp256", 256));
        try (SenderNode node = workshop.node(pinned)) {
            TidemarkException failure = node.push().failure().orElseThrow();
            assertThat(failure.code()).isEqualTo(FailureCode.HOST_KEY);
            assertThat(failure.text()).contains("another key than the one pinned");
            assertThat(failure.hint()).contains("ssh-keyscan -p " + network.port() + " 127.0.0.1");
        }
        assertThat(network.connections()).as("tries").isEqualTo(1);
        assertThat(workshop.outbox.waiting()).containsExactly(volume);
    }

    @Test
    void anUnknownHostKeyIsFatalAtOnce() throws IOException {
        workshop.fill(1, 1, 100);
        Remote unpinned = remote();
        Files.writeString(folder.resolve("known_hosts"), "");
        try (SenderNode node = workshop.node(unpinned)) {
            TidemarkException failure = node.push().failure().orElseThrow();
            assertThat(failure.code()).isEqualTo(FailureCode.HOST_KEY);
            assertThat(failure.text()).contains("not pinned in " + folder.resolve("known_hosts"));
        }
        assertThat(network.connections()).as("tries").isEqualTo(1);
    }

    /** Fault 31, in the service. */
    @Test
    void aServiceEndsAtAWrongHostKey() {
        Remote pinned = remote();
        server.changeHostKey(Keys.generate("ecdsa-sha2-nistp256", 256));
        workshop.fill(1, 1, 100);
        try (SenderNode node = workshop.node(pinned)) {
            assertThat(ServiceTest.outcome(node))
                    .satisfies(end -> assertThat(end)
                            .isInstanceOfSatisfying(
                                    TidemarkException.class,
                                    failure -> assertThat(failure.code()).isEqualTo(FailureCode.HOST_KEY)));
        }
    }

    /** Fault 32. */
    @Test
    void aFullRemoteDiskIsNamed() {
        VolumeName volume = workshop.fill(1, 1, 100_000);
        AtomicLong room = new AtomicLong(40_000);
        server.cause(new Trouble() {
            @Override
            public void beforeWriting(int length) throws IOException {
                if (room.addAndGet(-length) < 0) {
                    throw new FileSystemException("/inbox", null, "No space left on device");
                }
            }
        });
        TidemarkException failure = failure();
        assertThat(failure.text() + " " + failure.hint()).contains("/inbox").containsIgnoringCase("disk");
        assertThat(workshop.outbox.waiting()).containsExactly(volume);
    }

    @Test
    void aFolderWithoutRightsIsNamedWithTheUserWhoLacksThem() {
        workshop.fill(1, 1, 100);
        server.cause(new Trouble() {
            @Override
            public void beforeOpening(Path file) throws IOException {
                throw new AccessDeniedException(file.toString());
            }
        });
        assertThat(failure().text()).contains("/inbox is not writable for user " + SftpServer.USER);
    }

    /** Fault 33. */
    @Test
    void aServiceDeliversInOrderWhenTheLinkComesBack() {
        server.stop();
        workshop.fill(1, VolumeName.LAST, 100);
        workshop.fill(2, VolumeName.LAST, 100);
        try (SenderNode node = workshop.node(remote())) {
            CompletableFuture<Void> service = ServiceTest.start(node);
            Awaitility.await().until(() -> network.connections() > 1);
            assertThat(workshop.outbox.waiting()).hasSize(2);
            server.start();
            Awaitility.await().until(() -> workshop.outbox.waiting().isEmpty());
            node.stop();
            Awaitility.await().until(service::isDone);
            assertThat(service).isNotCompletedExceptionally();
        }
        assertThat(server.renamed())
                .extracting(
                        name -> VolumeName.parse(name).orElseThrow().bundle().sequence())
                .containsExactly(1L, 2L);
    }

    @Test
    void aLinkThatIsDownLeavesAWholeBundleInTheOutbox() {
        server.stop();
        try (SenderNode node = workshop.node(remote())) {
            CompleteResult result = node.complete(
                    (label, receiptsRead) -> {
                        workshop.fill(7, VolumeName.LAST, 100);
                        return Workshop.bundle(7);
                    },
                    "manual");
            assertThat(result.delivered()).isFalse();
            assertThat(result.push().failure().orElseThrow().code()).isEqualTo(FailureCode.TRANSFER);
            assertThat(result.push().waiting()).containsExactly(VolumeName.last(Workshop.bundle(7)));
        }
    }

    @Test
    void aRefusedLoginIsNamed() {
        workshop.fill(1, 1, 100);
        Remote remote = remote();
        Keys.writePrivate(Keys.generate("ecdsa-sha2-nistp256", 256), folder.resolve("key"), null);
        try (SenderNode node = workshop.node(remote)) {
            TidemarkException failure = node.push().failure().orElseThrow();
            assertThat(failure.text()).contains("refuses the login of " + SftpServer.USER);
            assertThat(failure.hint()).contains("authorized_keys");
        }
    }
}
