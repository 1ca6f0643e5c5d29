package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.deploy.kit.FolderCompare;
import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.Pictures;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.deploy.kit.TransApp;
import io.tidemark.deploy.kit.TwoNodes;
import io.tidemark.failure.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A bundle that somebody tampered with, or that the way has damaged, is refused as a whole, and a good one is loaded after it. */
final class HostileIT {
    private static final String TABLE = "\"AndroidRequests_poseintrajectoryoftoken\"";

    private final Pair pair = Ground.small();
    private final Path kept = pair.scratch().resolve("cut-hostile");

    @BeforeEach
    void aGoodBundleWaitsInTheInbox() {
        Pictures.write(pair.nodes().mediaSource(), 1, 150);
        pair.cutOnce("hostile", sender());
        assertThat(pair.inbox(".tar")).hasSizeGreaterThan(2);
    }

    private Node sender() {
        return pair.sender().with("volume.size", "1MB");
    }

    /** For tests that go on with the sender. */
    private void cutAgain() {
        pair.inbox(".tar").forEach(Scratch::delete);
        Scratch.delete(pair.scratch().resolve("sender"));
        sender().run("complete");
    }

    @ParameterizedTest
    @EnumSource
    void aTamperedBundleIsRefusedAndNothingIsTouched(Tampering tampering) throws IOException {
        tampering.apply(pair.inbox(".tar"));

        NodeProcess.Result result = pair.receiver().tryRun("load");

        Pair.assertFailed(result, FailureCode.REFUSED);
        pair.assertReplicaIsEmpty();
        assertThat(FolderCompare.size(pair.nodes().mediaTarget())).as("media").isZero();
        assertThat(Pair.files(pair.scratch().resolve("receiver/quarantine"), ".reason.txt"))
                .isNotEmpty();
        assertThat(Pair.files(pair.scratch().folder(), "evil")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"FIRST_VOLUME_TRUNCATED", "OF_ANOTHER_SOURCE"})
    void afterATamperedBundleTheNextOnesAreLoaded(Tampering tampering) throws IOException {
        cutAgain();
        tampering.apply(pair.inbox(".tar"));
        Pair.assertFailed(pair.receiver().tryRun("load"), FailureCode.REFUSED);

        pair.assertArrivesWithin(2);
    }

    @Test
    void aBundleWithoutOneOfItsVolumesWaitsForIt() throws IOException {
        Path volume = pair.inbox(".v0001.tar").get(0);
        Files.delete(volume);
        Pair.assertFailed(pair.receiver().tryRun("load"), FailureCode.HELD);
        pair.assertReplicaIsEmpty();

        Files.copy(kept.resolve(volume.getFileName()), volume);
        pair.load(pair.receiver());
        pair.assertEqual();
    }

    @Test
    void volumesMayArriveInAnyOrder() throws IOException {
        List<Path> volumes = pair.inbox(".tar");
        volumes.forEach(Scratch::delete);
        for (int i = volumes.size() - 1; i >= 0; i--) {
            Files.copy(kept.resolve(volumes.get(i).getFileName()), volumes.get(i));
            assertThat(pair.receiver().tryRun("load").exitCode()).isIn(0, FailureCode.HELD.exitCode());
        }

        assertThat(pair.receipt().loadedAndEqual()).isTrue();
        pair.assertEqual();
    }

    @Test
    void anOldCompleteTakesNothingBack() {
        cutAgain();
        Path aside = pair.scratch().subfolder("remote/aside");
        Pair.copy(pair.inbox(".tar"), aside);
        pair.load(pair.receiver());
        TransApp.change(pair.nodes().primary(), TwoNodes.PRIMARY, 50);
        pair.travel();

        Pair.copy(Pair.files(aside, ".tar"), pair.nodes().inbox());
        NodeProcess.Result result = pair.receiver().tryRun("load");

        assertThat(result.exitCode()).as(result.error()).isZero();
        assertThat(pair.inbox(".tar")).isEmpty();
        pair.assertEqual();
    }

    @Test
    void aCompleteThatWouldEmptyATableIsRefusedWithoutAnOverride() {
        cutAgain();
        pair.load(pair.receiver());
        pair.primary("truncate " + TABLE);
        pair.sender().run("complete");

        Pair.assertFailed(pair.receiver().tryRun("load"), FailureCode.ROW_DROP);
        assertThat(pair.replica("select count(*) from " + TABLE)).isEqualTo("10000");

        pair.load(pair.receiver().with("load.row-drop", "0"));
        pair.assertEqual();
    }

    @Test
    void tablesThatTidemarkDidNotLoadAreNotTakenOverUnasked() {
        pair.replica(
                "create table \"AndroidRequests_report\" (mine text); insert into \"AndroidRequests_report\" values ('x')");

        Pair.assertFailed(pair.receiver().tryRun("load"), FailureCode.NOT_ADOPTED);

        assertThat(pair.replica("select mine from \"AndroidRequests_report\"")).isEqualTo("x");
        assertThat(pair.replica("select count(*) from pg_tables where schemaname = 'public'"))
                .isEqualTo("1");
    }
}
