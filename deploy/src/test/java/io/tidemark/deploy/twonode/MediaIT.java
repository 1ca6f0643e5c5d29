package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.deploy.kit.FolderCompare;
import io.tidemark.deploy.kit.Pictures;
import io.tidemark.deploy.kit.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MediaIT {
    private final Pair pair = Ground.small();
    private final Path source = pair.nodes().mediaSource();
    private final Path target = pair.nodes().mediaTarget();

    @BeforeEach
    void picturesHaveArrived() {
        Pictures.write(source.resolve("a"), 1, 40);
        pair.travel();
    }

    @Test
    void additionsChangesRemovalsAndEmptyFilesTravel() throws IOException {
        Pictures.write(source.resolve("b/ñ ü/'quoted' \"name\""), 41, 45);
        Pictures.write(source.resolve("a/report_1.jpeg"), 999);
        Scratch.delete(source.resolve("a/report_2.jpeg"));
        Files.createFile(source.resolve("a/empty"));

        pair.travel();

        pair.assertEqual();
        assertThat(target.resolve("a/empty")).isEmptyFile();
    }

    @Test
    void renamesAndCopiesSendNoContentAgain() throws IOException {
        Files.move(source.resolve("a"), source.resolve("renamed"));
        Files.copy(source.resolve("renamed/report_3.jpeg"), source.resolve("copy.jpeg"));
        pair.wire().resetCounts();

        pair.travel();

        pair.assertEqual();
        assertThat(pair.wire().toServer()).isLessThan(FolderCompare.size(source) / 2);
    }

    @Test
    void aFileThatSomebodyChangedOnTheReplicaIsNotMadeTheArchivesContent() throws IOException {
        Path placed = target.resolve("a/report_5.jpeg");
        Scratch.delete(placed);
        Files.writeString(placed, "local");

        pair.travel();

        pair.assertEqual();
    }

    @Test
    void linksInTheMediaFolderAreNotFollowedOutOfIt() throws IOException {
        Files.createSymbolicLink(source.resolve("link"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(source.resolve("folder"), Path.of("/etc"));

        pair.travel();

        assertThat(Pair.files(target, "passwd")).isEmpty();
        assertThat(target.resolve("link")).doesNotExist();
    }
}
