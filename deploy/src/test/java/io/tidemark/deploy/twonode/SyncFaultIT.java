package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.TextFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Disks that fail to write at the n-th time: the step fails in words and the next one goes on from what is durable. */
final class SyncFaultIT {
    private static final int[] TIMES = {1, 2, 3, 5, 8, 13};

    private final Pair pair = Ground.small();

    /** The same program, in which the n-th call that makes a file durable fails. */
    private Node failing(Node node, String call, int time) {
        Path wrapper =
                pair.scratch().resolve("failing-" + Path.of(node.program()).getFileName() + "-" + time);
        TextFiles.write(
                wrapper,
                "#!/bin/sh\nexec strace -f -qq -o /dev/null --seccomp-bpf -e trace=" + call + " -e inject=" + call
                        + ":error=EIO:when=" + time + " " + node.program() + " \"$@\"\n");
        assertThat(wrapper.toFile().setExecutable(true)).isTrue();
        return new Node(wrapper.toString(), node.folder(), node.settings(), node.environment());
    }

    private void failsInWordsOrNotAtAll(NodeProcess.Result result) {
        assertThat(result.error() + result.output()).doesNotContain("Exception");
        if (result.exitCode() != 0) {
            assertThat(result.error()).contains("hint:");
        }
    }

    @Test
    void aSenderThatCannotMakeFilesDurableLosesNothing() {
        for (int time : TIMES) {
            failsInWordsOrNotAtAll(failing(pair.sender(), "fsync", time).tryRun("complete"));
        }
        pair.travel();
        pair.assertEqual();
    }

    @Test
    void aReceiverThatCannotMakeFilesDurableLosesNothing() {
        pair.sender().run("complete");
        for (int time : TIMES) {
            failsInWordsOrNotAtAll(failing(pair.receiver(), "fsync", time).tryRun("load"));
        }
        pair.travel();
        pair.assertEqual();
    }
}
