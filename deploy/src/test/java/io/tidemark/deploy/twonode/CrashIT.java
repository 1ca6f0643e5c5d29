package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.tidemark.crash.CrashPoints;
import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.Pictures;
import io.tidemark.deploy.kit.TransApp;
import io.tidemark.deploy.kit.TwoNodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A halt at every step of both nodes, first while everything travels for the first time and then while only what differs does. The steps
 * are found by looking for their enums, so that a new one cannot be forgotten.
 */
final class CrashIT {
    private static final String MIDDLE = "2";

    @ParameterizedTest
    @MethodSource("stepsOfTheSender")
    void theSenderHaltsAndTheNextCompleteSucceedsByItself(Enum<?> step) {
        Pair pair = pair();
        int halts = 0;
        for (int round = 1; round <= 2; round++) {
            halts += halted(
                    crashing(pair.sender(), step, Integer.toString(round)).tryRun("complete"));
            pair.travel();
            pair.assertEqual();
            work(pair);
        }
        assertThat(halts).as("halts at " + step).isPositive();
    }

    @ParameterizedTest
    @MethodSource("stepsOfTheReceiver")
    void theReceiverHaltsAndTheNextLoadSucceedsByItself(Enum<?> step) {
        Pair pair = pair();
        int halts = 0;
        for (String passing : List.of("1", MIDDLE)) {
            pair.sender().run("complete");
            halts += halted(crashing(pair.receiver(), step, passing).tryRun("load"));
            pair.load(pair.receiver());
            pair.assertEqual();
            work(pair);
        }
        assertThat(halts).as("halts at " + step).isPositive();
    }

    @Test
    void bothNodesNameTheirSteps() {
        assertThat(steps("sender").toList()).hasSizeGreaterThan(5);
        assertThat(steps("receiver").toList()).hasSizeGreaterThan(5);
    }

    static Stream<Enum<?>> stepsOfTheSender() {
        return steps("sender");
    }

    static Stream<Enum<?>> stepsOfTheReceiver() {
        return steps("receiver");
    }

    /** The constants of every enum that is named for its steps. */
    private static Stream<Enum<?>> steps(String node) {
        JavaClasses classes = new ClassFileImporter().importPackages("io.tidemark." + node);
        List<Enum<?>> steps = new ArrayList<>();
        for (JavaClass each : classes) {
            if (each.isEnum() && each.getSimpleName().endsWith("Step")) {
                Arrays.stream(each.reflect().getEnumConstants()).forEach(constant -> steps.add((Enum<?>) constant));
            }
        }
        return steps.stream().sorted((a, b) -> a.name().compareTo(b.name()));
    }

    private static Pair pair() {
        Pair pair = Ground.small();
        Pictures.write(pair.nodes().mediaSource().resolve("reports"), 1, 6);
        return pair;
    }

    private static void work(Pair pair) {
        TransApp.change(pair.nodes().primary(), TwoNodes.PRIMARY, 20);
        Pictures.write(pair.nodes().mediaSource().resolve("reports/new"), 7, 9);
    }

    private static Node crashing(Node node, Enum<?> step, String passing) {
        return node.environment(CrashPoints.VARIABLE, CrashPoints.word(step) + ":" + passing);
    }

    private static int halted(NodeProcess.Result result) {
        assertThat(result.exitCode())
                .as("a halt, or a step that is not passed here: %s", result.error())
                .isIn(0, CrashPoints.EXIT_CODE);
        return result.exitCode() == 0 ? 0 : 1;
    }
}
