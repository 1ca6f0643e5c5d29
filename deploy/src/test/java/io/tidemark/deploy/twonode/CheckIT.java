package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.failure.FailureCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class CheckIT {
    private final Pair pair = Ground.small();

    @Test
    void isContentWithTheRolesOfTheHandbook() {
        NodeProcess.Result sender = pair.sender().tryRun("check");
        NodeProcess.Result receiver = pair.receiver().tryRun("check");

        assertThat(sender.exitCode()).as(sender.error() + sender.output()).isZero();
        assertThat(receiver.exitCode()).as(receiver.error() + receiver.output()).isZero();
        assertThat(Pair.files(pair.nodes().remote(), ""))
                .as("what the check left in the remote folder")
                .isEmpty();
    }

    @Test
    void reportsEveryProblemOfTheSenderAtOnce() {
        pair.wire().refuse(true);

        NodeProcess.Result result =
                pair.sender().with("database.user", "nobody_there").tryRun("check");

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output() + result.error())
                .contains("problem  database.")
                .contains("problem  remote.url");
    }

    @Test
    void namesTablesWithoutKeyWhichAreNoProblem() {
        pair.primary("create table without_key (a int)");

        NodeProcess.Result result = pair.sender().tryRun("check");

        assertThat(result.exitCode()).isZero();
        assertThat(result.output()).contains("without_key");
    }

    @Test
    void tellsAnUnknownHostKeyFromEveryOtherFault() {
        pair.sender();
        Path pinned = pair.sftp()
                .writeKnownHosts(
                        pair.scratch().subfolder("keys-before"), pair.wire().port());
        pair.sftp().stop();
        pair.sftp().changeHostKey();
        pair.sftp().start();

        NodeProcess.Result result =
                pair.sender().with("remote.known-hosts", pinned.toString()).tryRun("check");

        Pair.assertFailed(result, FailureCode.FAILED);
        assertThat(result.output() + result.error())
                .contains("remote.known-hosts")
                .contains("ssh-keyscan");
    }
}
