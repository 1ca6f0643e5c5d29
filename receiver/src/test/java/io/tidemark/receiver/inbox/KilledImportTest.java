package io.tidemark.receiver.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.VolumeName;
import io.tidemark.crash.CrashPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that is halted at each step of an import, and then one that goes on. */
class KilledImportTest {
    private static final long SEED = 41;

    @TempDir(factory = MemoryFolder.class)
    Path root;

    @ParameterizedTest
    @EnumSource
    void theNextImportEndsAsIfNothingHadHappened(ImportStep step) throws Exception {
        Path undisturbed = root.resolve("undisturbed");
        fill(undisturbed);
        new Receiver(undisturbed).takeAll();

        Path killed = root.resolve("killed");
        List<VolumeName> names = fill(killed);
        List<Integer> passings = step.name().startsWith("QUARANTINE") ? List.of(1) : List.of(1, 2, names.size() - 1);
        int halts = 0;
        for (int passing : passings) {
            halts += runUntil(step, passing, killed) == CrashPoints.EXIT_CODE ? 1 : 0;
        }
        assertThat(halts).as("the process was halted at %s", step).isPositive();
        Receiver receiver = new Receiver(killed);
        receiver.takeAll();

        assertThat(receiver.files()).isEqualTo(new Receiver(undisturbed).files());
        assertThat(receiver.verifyOnly()).isInstanceOf(VerifiedBundle.class);
    }

    /** One whole bundle, and one damaged volume of another. */
    private static List<VolumeName> fill(Path root) throws IOException {
        Receiver receiver = new Receiver(root);
        List<VolumeName> names = new SampleBundle(1, SEED).write(receiver.inboxFolder);
        SampleBundle other = new SampleBundle(2, SEED + 1);
        List<VolumeName> damaged = other.write(receiver.inboxFolder);
        for (VolumeName name : damaged.subList(1, damaged.size())) {
            Files.delete(receiver.inbox.path(name));
        }
        byte[] bytes = Files.readAllBytes(receiver.inbox.path(damaged.get(0)));
        Files.write(receiver.inbox.path(damaged.get(0)), Arrays.copyOf(bytes, bytes.length - 512));
        return IntStream.range(0, names.size() + 1)
                .mapToObj(i -> i < names.size() ? names.get(i) : damaged.get(0))
                .toList();
    }

    private static int runUntil(ImportStep step, int passing, Path root) throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        Import.class.getName(),
                        root.toString(),
                        CrashPoints.word(step) + ":" + passing)
                .inheritIO()
                .start();
        return process.waitFor();
    }

    /** The process that is halted. */
    static final class Import {
        private Import() {}

        public static void main(String[] args) throws IOException {
            new Receiver(Path.of(args[0]), CrashPoints.of(args[1])).takeAll();
        }
    }
}
