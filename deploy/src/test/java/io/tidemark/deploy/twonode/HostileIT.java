package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

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

/** A bundle that somebody tampered with, or that the way has damaged, is refused as a whole, and the next good one is loaded. */
final class HostileIT {
    private final Pair pair = Ground.small();
    private final Path aside = pair.scratch().resolve("aside");

    @BeforeEach
    void aGoodBundleWaitsInTheInbox() throws IOException {
        Scratch.delete(aside);
        Files.createDirectories(aside);
        Pictures.write(pair.nodes().mediaSource(), 1, 150);
        pair.sender().with("volume.size", "1MB").run("complete");
        assertThat(pair.inbox(".tar")).hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @EnumSource(Tampering.class)
    void aTamperedBundleIsRefusedAndNothingIsTouched(Tampering tampering) throws IOException {
        List<Path> good = copy(pair.inbox(".tar"), aside);
        tampering.apply(pair.inbox(".tar"));

        NodeProcess.Result result = pair.receiver().tryRun("load");

        Pair.assertFailed(result, FailureCode.REFUSED);
        pair.assertReplicaIsEmpty();
        assertThat(Pair.files(pair.scratch().resolve("receiver/quarantine"), ".reason.txt"))
                .isNotEmpty();
        assertThat(Pair.files(pair.scratch().folder(), "evil")).isEmpty();
        assertThat(good).isNotEmpty();

        pair.travel();
        pair.assertEqual();
    }

    @Test
    void aBundleWithoutOneOfItsVolumesWaitsForIt() throws IOException {
        Path volume = pair.inbox(".v0001.tar").get(0);
        Path kept = aside.resolve(volume.getFileName());
        Files.move(volume, kept);
        NodeProcess.Result result = pair.receiver().tryRun("load");
        assertThat(result.exitCode()).as(result.error()).isIn(0, FailureCode.HELD.exitCode());
        pair.assertReplicaIsEmpty();

        Files.move(kept, volume);
        pair.load(pair.receiver());
        pair.assertEqual();
    }

    @Test
    void volumesMayArriveInAnyOrder() throws IOException {
        List<Path> volumes = copy(pair.inbox(".tar"), aside);
        for (Path volume : pair.inbox(".tar")) {
            Files.delete(volume);
        }
        for (int i = volumes.size() - 1; i >= 0; i--) {
            Files.move(
                    volumes.get(i), pair.nodes().inbox().resolve(volumes.get(i).getFileName()));
            assertThat(pair.receiver().tryRun("load").exitCode()).isIn(0, FailureCode.HELD.exitCode());
        }

        assertThat(pair.receipt().loadedAndEqual()).isTrue();
        pair.assertEqual();
    }

    @Test
    void anOldCompleteTakesNothingBack() throws IOException {
        List<Path> old = copy(pair.inbox(".tar"), aside);
        pair.load(pair.receiver());
        TransApp.change(pair.nodes().primary(), TwoNodes.PRIMARY, 50);
        pair.travel();

        copy(old, pair.nodes().inbox());
        NodeProcess.Result result = pair.receiver().tryRun("load");

        assertThat(result.exitCode()).as(result.error()).isZero();
        assertThat(pair.inbox(".tar")).isEmpty();
        pair.assertEqual();
    }

    @Test
    void aCompleteThatWouldEmptyATableIsRefusedWithoutAnOverride() {
        pair.load(pair.receiver());
        pair.primary("truncate \"AndroidRequests_poseintrajectoryoftoken\"");
        pair.sender().run("complete");

        Pair.assertFailed(pair.receiver().tryRun("load"), FailureCode.ROW_DROP);
        assertThat(pair.replica("select count(*) from \"AndroidRequests_poseintrajectoryoftoken\""))
                .isEqualTo("10000");

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

    static List<Path> copy(List<Path> files, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Path file : files) {
            Files.copy(file, folder.resolve(file.getFileName()));
        }
        return Pair.files(folder, ".tar");
    }
}
