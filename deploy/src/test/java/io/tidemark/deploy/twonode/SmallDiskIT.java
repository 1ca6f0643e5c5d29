package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.deploy.kit.Command;
import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.Pictures;
import io.tidemark.deploy.kit.TextFiles;
import io.tidemark.failure.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A work folder on a file system of a few megabytes, which only the node itself sees. */
final class SmallDiskIT {
    private final Pair pair = Ground.small();

    @BeforeEach
    void mountsAreAllowed() {
        Assumptions.assumeTrue(
                Command.of("unshare", "-m", "true").tryRun().exitCode() == 0,
                "needs the right to mount in a namespace");
        Pictures.write(pair.nodes().mediaSource(), 1, 300);
    }

    @Test
    void aSenderWithoutRoomSaysSoAndWorksAgainWithIt() throws IOException {
        NodeProcess.Result result = small(pair.sender().with("volume.size", "1MB"), "sender", "2200k")
                .tryRun("complete");

        Pair.assertFailed(result, FailureCode.DISK_FULL);
        pair.travel();
        pair.assertEqual();
    }

    @Test
    void aReceiverWithoutRoomSaysSoAndWorksAgainWithIt() throws IOException {
        pair.sender().with("volume.size", "1MB").run("complete");

        NodeProcess.Result result = small(pair.receiver(), "receiver", "900k").tryRun("load");

        Pair.assertFailed(result, FailureCode.DISK_FULL);
        assertThat(pair.inbox(".tar")).isNotEmpty();
        pair.load(pair.receiver());
        pair.assertEqual();
    }

    private Node small(Node node, String folder, String size) throws IOException {
        Path work = pair.scratch().subfolder(folder);
        Path wrapper = pair.scratch().resolve("small-" + folder);
        TextFiles.write(
                wrapper,
                "#!/bin/sh\nset -e\nmount -t tmpfs -o size=" + size + " none " + work + "\nexec " + node.program()
                        + " \"$@\"\n");
        Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path outer = pair.scratch().resolve("outer-" + folder);
        TextFiles.write(outer, "#!/bin/sh\nexec unshare -m " + wrapper + " \"$@\"\n");
        Files.setPosixFilePermissions(outer, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Node(outer.toString(), node.folder(), node.settings(), node.environment());
    }
}
