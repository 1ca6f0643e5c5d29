package io.tidemark.sender.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.check.Finding;
import io.tidemark.sender.route.link.Remote;
import io.tidemark.sender.sftp.Keys;
import io.tidemark.sender.sftp.PemKey;
import io.tidemark.sender.sftp.SftpServer;
import io.tidemark.settings.Secret;
import io.tidemark.transfer.RemoteLocation;
import io.tidemark.transfer.SftpAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of every kind that ssh-keygen makes today, in both formats, with and without a passphrase. */
class KeyTypesTest {
    private static final String PASSPHRASE = "a long pass phrase {{%&+)}}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "ssh-ed25519, 256, openssh, ",
        "ssh-ed25519, 256, openssh, " + PASSPHRASE,
        "ecdsa-sha2-nistp256, 256, openssh, ",
        "ecdsa-sha2-nistp521, 521, openssh, " + PASSPHRASE,
        "ecdsa-sha2-nistp256, 256, pem, ",
        "ecdsa-sha2-nistp384, 384, pem, " + PASSPHRASE,
        "ssh-rsa, 2048, openssh, ",
        "ssh-rsa, 2048, openssh, " + PASSPHRASE,
        "ssh-rsa, 2048, pem, ",
        "ssh-rsa, 2048, pem, " + PASSPHRASE,
    })
    void logsIn(String type, int bits, String format, @Nullable String passphrase) throws IOException {
        KeyPair pair = Keys.generate(type, bits);
        Path key = folder.resolve("key");
        if (format.equals("pem")) {
            PemKey.write(pair, key, passphrase);
        } else {
            Keys.writePrivate(pair, key, passphrase);
        }
        assertThat(find(pair, key, passphrase)).extracting(Finding::level).isEqualTo(Finding.Level.OK);
    }

    @Test
    void aWrongPassphraseIsNamed() throws IOException {
        KeyPair pair = Keys.generate("ecdsa-sha2-nistp256", 256);
        Path key = Keys.writePrivate(pair, folder.resolve("key"), PASSPHRASE);
        Finding finding = find(pair, key, "another");
        assertThat(finding.key()).isEqualTo("remote.private-key");
        assertThat(finding.what()).contains(key + " does not open with the passphrase given");
    }

    @Test
    void aPassphraseThatIsNotGivenIsNamed() throws IOException {
        KeyPair pair = Keys.generate("ecdsa-sha2-nistp256", 256);
        Path key = Keys.writePrivate(pair, folder.resolve("key"), PASSPHRASE);
        assertThat(find(pair, key, null).what()).contains(key + " needs a passphrase");
    }

    @Test
    void aFileThatIsNoKeyIsNamed() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "no key");
        assertThat(find(Keys.generate("ecdsa-sha2-nistp256", 256), key, null).what())
                .contains(key + " is not a private key");
    }

    @Test
    void aKeyThatIsMissingIsNamed() throws IOException {
        Path key = folder.resolve("nowhere");
        assertThat(find(Keys.generate("ecdsa-sha2-nistp256", 256), key, null).what())
                .contains(key + " does not exist");
    }

    /** An administrator may have pinned only one of the server's keys, and not the one that a client would choose. */
    @Test
    void theHostKeyThatIsPinnedIsAskedFor() throws IOException {
        KeyPair pair = Keys.generate("ecdsa-sha2-nistp256", 256);
        Path key = Keys.writePrivate(pair, folder.resolve("key"), null);
        Files.createDirectories(folder.resolve("remote/inbox"));
        KeyPair rsa = Keys.generate("ssh-rsa", 2048);
        try (SftpServer server = new SftpServer(folder.resolve("remote"), pair.getPublic())) {
            server.changeHostKey(Keys.generate("ecdsa-sha2-nistp256", 256), rsa);
            Path hosts = Keys.writeKnownHost(folder.resolve("hosts"), server.port(), rsa.getPublic());
            assertThat(find(server, key, null, hosts))
                    .extracting(Finding::level)
                    .isEqualTo(Finding.Level.OK);
        }
    }

    private Finding find(KeyPair pair, Path key, @Nullable String passphrase) throws IOException {
        Files.createDirectories(folder.resolve("remote/inbox"));
        try (SftpServer server = new SftpServer(folder.resolve("remote"), pair.getPublic())) {
            Path hosts = Keys.writeKnownHost(folder.resolve("hosts"), server.port(), server.hostKey());
            return find(server, key, passphrase, hosts);
        }
    }

    private static Finding find(SftpServer server, Path key, @Nullable String passphrase, Path hosts) {
        Remote remote = new Remote(
                RemoteLocation.parse("sftp://" + SftpServer.USER + "@127.0.0.1:" + server.port() + "/inbox"),
                Optional.empty(),
                Optional.of(new SftpAccess(key, hosts)),
                Optional.ofNullable(passphrase).map(Secret::new));
        return LinkCheck.findings(remote).get(0);
    }
}
