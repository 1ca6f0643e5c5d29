package io.tidemark.deploy.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Spoken to by OpenSSH's client, so that the keys are what everybody else writes. */
final class SftpServerIT {
    private final Scratch scratch = Scratch.create("test");
    private final Path root = scratch.subfolder("root");
    private final SftpServer server = SftpServer.start(root);
    private final TcpProxy proxy = TcpProxy.before(server.port());

    @AfterEach
    void stop() {
        proxy.close();
        server.close();
        scratch.close();
    }

    @Test
    void takesAFileFromTheHolderOfTheKey() throws IOException {
        assertThat(put(200_000).error()).doesNotContain("ailed");

        assertThat(root.resolve("file")).hasSize(200_000);
        assertThat(server.written()).isEqualTo(200_000);
        assertThat(proxy.toServer()).isBetween(200_000L, 230_000L);
        assertThat(Files.getPosixFilePermissions(scratch.resolve("id_ed25519")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void isNotTrustedAnyMoreWithAnotherHostKey() throws IOException {
        Path pinned = server.writeKnownHosts(scratch.folder(), proxy.port());
        server.stop();
        server.changeHostKey();
        server.start();

        assertThat(put(10, pinned).error()).contains("Host key verification failed");
        assertThat(root.resolve("file")).doesNotExist();
    }

    @Test
    void failsWritesWhenTold() throws IOException {
        server.failWritesAfter(100_000);
        assertThat(put(200_000).exitCode()).isNotZero();

        server.healWrites();
        assertThat(put(200_000).exitCode()).isZero();
    }

    @Test
    void proxyCutsOnceAfterTheBytesGiven() throws IOException {
        proxy.cutAfter(100_000);
        assertThat(put(200_000).exitCode()).isNotZero();
        assertThat(proxy.cutIsPending()).isFalse();

        assertThat(put(200_000).exitCode()).isZero();
    }

    private Command.Result put(int size) throws IOException {
        return put(size, server.writeKnownHosts(scratch.folder(), proxy.port()));
    }

    private Command.Result put(int size, Path knownHosts) throws IOException {
        Assumptions.assumeTrue(
                Command.of("sh", "-c", "command -v sftp").tryRun().exitCode() == 0, "needs OpenSSH's sftp");
        Path file = Files.write(scratch.resolve("file"), new byte[size]);
        Path key = server.writeUserKey(scratch.folder());
        return Command.of("sftp", "-b", "-", "-i", key.toString(), "-P", Integer.toString(proxy.port()))
                .with(
                        "-o",
                        "IdentitiesOnly=yes",
                        "-o",
                        "UserKnownHostsFile=" + knownHosts,
                        "-o",
                        "StrictHostKeyChecking=yes")
                .with(SftpServer.USER + "@127.0.0.1")
                .tryRun("put " + file + " /file\n");
    }
}
