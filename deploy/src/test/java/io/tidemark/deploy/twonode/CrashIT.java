package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.crash.CrashPoints;
import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.Pictures;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.deploy.kit.TextFiles;
import io.tidemark.deploy.kit.TransApp;
import io.tidemark.deploy.kit.TwoNodes;
import io.tidemark.receiver.inbox.ImportStep;
import io.tidemark.receiver.load.LoadStep;
import io.tidemark.sender.outbox.OutboxStep;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A halt at every step of both nodes, one after another: each run begins with what the halt before it has left and comes at least as far as
 * the next step. At the end everything has arrived once, by itself.
 */
final class CrashIT {
    private final Pair pair = Ground.small();
    private int rounds;

    @ParameterizedTest
    @MethodSource
    void theSenderHaltsAtEveryStep(Class<? extends Enum<?>> steps) {
        senderHalts(HaltedSteps.ofCompletes(steps), 1);
    }

    static Stream<Class<? extends Enum<?>>> theSenderHaltsAtEveryStep() {
        return HaltedSteps.OF_SENDER.stream();
    }

    @Test
    void theSenderHaltsAtEveryStepOfTheLastVolume() {
        senderHalts(HaltedSteps.ofCompletes(OutboxStep.class), 2);
    }

    @ParameterizedTest
    @MethodSource
    void theReceiverHaltsAtEveryStep(Class<? extends Enum<?>> steps) {
        receiverHalts(HaltedSteps.ofCompletes(steps), 1);
    }

    static Stream<Class<? extends Enum<?>>> theReceiverHaltsAtEveryStep() {
        return HaltedSteps.OF_RECEIVER.stream();
    }

    @Test
    void theReceiverHaltsAtEveryStepThatTheLastVolumePasses() {
        receiverHalts(List.of(ImportStep.IMPORT_NOTED, ImportStep.IMPORT_TAKEN), 2);
    }

    @Test
    void theReceiverHaltsAroundTheCommitOfAFirstLoad() {
        receiverHalts(List.of(LoadStep.BEFORE_COMMIT, LoadStep.AFTER_COMMIT), 1);
    }

    private void senderHalts(List<Enum<?>> steps, int passing) {
        for (Enum<?> step : steps) {
            work();
            assertThat(halts(pair.sender(), step, passing, "complete"))
                    .as("halt at " + step)
                    .isTrue();
        }
        pair.travel();
        pair.assertEqual();
    }

    private void receiverHalts(List<? extends Enum<?>> steps, int passing) {
        boolean loaded = true;
        for (Enum<?> step : steps) {
            boolean fresh = loaded;
            if (loaded) {
                send();
            }
            loaded = !halts(pair.receiver(), step, passing, "load");
            if (loaded && !fresh) {
                // What was left of the bundle did not lead there: the next one does.
                pair.assertEqual();
                send();
                loaded = !halts(pair.receiver(), step, passing, "load");
            }
            assertThat(loaded).as("passed without a halt at " + step).isFalse();
        }
        pair.load(pair.receiver());
        pair.assertEqual();
    }

    private void send() {
        work();
        pair.sender().run("complete");
        TextFiles.write(pair.nodes().inbox().resolve("stray.tar"), "no volume");
    }

    /** Rows and media of every kind of change; a folder of media becomes empty. */
    private void work() {
        Path reports = pair.nodes().mediaSource();
        TransApp.change(pair.nodes().primary(), TwoNodes.PRIMARY, 20);
        Scratch.delete(reports.resolve("round-" + rounds));
        rounds++;
        Pictures.write(reports.resolve("round-" + rounds), rounds, rounds + 2);
        Pictures.write(reports.resolve("kept.jpeg"), rounds);
    }

    private static boolean halts(Node node, Enum<?> step, int passing, String command) {
        NodeProcess.Result result = node.environment(CrashPoints.VARIABLE, CrashPoints.word(step) + ":" + passing)
                .tryRun(command);
        assertThat(result.exitCode())
                .as("a halt at %s, or a success: %s%s", step, result.error(), result.output())
                .isIn(0, CrashPoints.EXIT_CODE);
        return result.exitCode() != 0;
    }
}
