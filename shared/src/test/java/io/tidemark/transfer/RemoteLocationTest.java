package io.tidemark.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteLocationTest {

    @ParameterizedTest
    @CsvSource({
        "sftp://shop@analytics/inbox, shop, analytics, 22, /inbox",
        "sftp://shop@analytics:2222/a/b/, shop, analytics, 2222, /a/b",
        "sftp://shop@10.0.0.7//a//b, shop, 10.0.0.7, 22, /a/b",
        "sftp://shop@analytics/~/in/box, shop, analytics, 22, in/box",
        "sftp://shop@analytics/~, shop, analytics, 22, .",
        "sftp://shop@analytics/, shop, analytics, 22, /",
        "sftp://us%40er@analytics/in%20box%25/ü, us@er, analytics, 22, /in box%/ü",
    })
    void anSftpUrlNamesUserHostPortAndFolder(String url, String user, String host, int port, String path) {
        RemoteLocation location = RemoteLocation.parse(url);
        assertThat(location).isEqualTo(new RemoteLocation(RemoteLocation.Scheme.SFTP, user, host, port, path));
    }

    @ParameterizedTest
    @CsvSource({"file:/mnt/share/inbox, /mnt/share/inbox", "file:///mnt/in%20box/, /mnt/in box", "file:/, /"})
    void aFileUrlNamesAFolderOfThisMachine(String url, String path) {
        assertThat(RemoteLocation.parse(url))
                .isEqualTo(new RemoteLocation(RemoteLocation.Scheme.FILE, "", "", 0, path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "inbox",
                "/inbox",
                "ftp://shop@analytics/inbox",
                "sftp://analytics/inbox",
                "sftp://shop@/inbox",
                "sftp://shop@ana_lytics/inbox",
                "sftp://shop@[::1]/inbox",
                "sftp://shop@analytics",
                "sftp://shop@analytics:0/inbox",
                "sftp://shop@analytics:70000/inbox",
                "sftp://shop@analytics/inbox?x=1",
                "sftp://shop@analytics/inbox#x",
                "sftp://shop@analytics/in/../etc",
                "sftp://shop@analytics/in%2F..%2Fetc",
                "sftp://shop@analytics/in*box",
                "sftp://shop@analytics/in%5Cbox",
                "sftp://shop@analytics/in%00box",
                "file:inbox",
                "file://analytics/inbox",
                "file:/in/./box",
            })
    void anythingElseIsRefusedWithAHint(String url) {
        TidemarkException failure = catchThrowableOfType(TidemarkException.class, () -> RemoteLocation.parse(url));
        assertThat(failure.code()).isEqualTo(FailureCode.USAGE);
        assertThat(failure.text()).startsWith('"' + url + "\" ");
        assertThat(failure.hint()).isNotEmpty();
    }

    @Test
    void aPasswordIsRefusedAndNotShown() {
        TidemarkException failure = catchThrowableOfType(
                TidemarkException.class, () -> RemoteLocation.parse("sftp://shop:s3cret@analytics/inbox"));
        assertThat(failure.text()).contains("carries a password").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "sftp://shop@analytics:22/inbox, sftp://shop@analytics/inbox",
        "sftp://shop@analytics:23/~, sftp://shop@analytics:23/~",
        "sftp://shop@analytics/~/a, sftp://shop@analytics/~/a",
        "file:///a, file:/a"
    })
    void isShownAsItIsWritten(String url, String shown) {
        assertThat(RemoteLocation.parse(url)).hasToString(shown);
    }

    @Test
    void aFolderBesideItFollowsTheSameRule() {
        RemoteLocation inbox = RemoteLocation.parse("sftp://shop@analytics/inbox");
        assertThat(inbox.withPath("/receipts").path()).isEqualTo("/receipts");
        assertThat(inbox.withPath("/~/receipts").path()).isEqualTo("receipts");
        assertThat(catchThrowableOfType(TidemarkException.class, () -> inbox.withPath("receipts"))
                        .text())
                .contains("is not a path");
    }

    @Test
    void aFileLiesInItsFolder() {
        assertThat(RemoteLocation.parse("sftp://a@b/").pathOf("x")).isEqualTo("/x");
        assertThat(RemoteLocation.parse("sftp://a@b/in").pathOf("x")).isEqualTo("/in/x");
        assertThat(RemoteLocation.parse("sftp://a@b/~").pathOf("x")).isEqualTo("./x");
    }

    @Test
    void anEndpointPinsTheHostKeyAndHoldsNothingThatAnAdministratorWrote() {
        RemoteLocation inbox = RemoteLocation.parse("sftp://sh%7B%7Bx@analytics:2222/in%26box");
        String uri = EndpointUris.sftp(inbox, new SftpAccess(Path.of("/key&x"), Path.of("/hosts{{y")), "sending");
        assertThat(uri)
                .startsWith("sftp://analytics:2222?")
                .contains("strictHostKeyChecking=yes", "useUserKnownHostsFile=false", "proxy=#bean:sending")
                .contains("serverAliveInterval=15000&serverAliveCountMax=3")
                .doesNotContain("{{", "/key", "in&box", "sh%");
    }
}
