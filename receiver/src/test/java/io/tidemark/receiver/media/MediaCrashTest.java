package io.tidemark.receiver.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.blob.BlobStore;
import io.tidemark.crash.CrashPoints;
import io.tidemark.receiver.media.MediaBench.Listing;
import io.tidemark.receiver.settings.MediaPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MediaCrashTest {
    private static final Listing FIRST = new Listing()
            .file("kept", "1")
            .file("changed", "2")
            .file("gone/a", "3")
            .file("gone/b/c", "4")
            .file("file then folder", "5")
            .file("folder then file/x", "6");
    private static final Listing SECOND = new Listing()
            .file("kept", "1")
            .file("changed", "22")
            .file("new/x", "7")
            .file("new/y", "7")
            .file("file then folder/x", "8")
            .file("folder then file", "9");

    @TempDir
    Path temporary;

    /** Every step, each time that it is passed: a new step cannot be forgotten. */
    @ParameterizedTest
    @EnumSource
    void aRunThatIsCutOffAnywhereIsFinishedByTheNext(MediaStep step) throws Exception {
        int passings = 0;
        for (boolean crashed = true; crashed; passings++) {
            MediaPlace how = passings % 2 == 0 ? MediaPlace.LINK : MediaPlace.COPY;
            Path folder = temporary.resolve(Integer.toString(passings));
            MediaBench bench = new MediaBench(folder, how);
            Path first = bench.write(FIRST);
            bench.load(Optional.empty(), first);
            Path second = bench.write(SECOND);
            crashed = crashes(CrashPoints.word(step) + ":" + (passings + 1), folder, how, first, second);
            bench.load(Optional.of(first), second);
            bench.assertHolds(SECOND);
        }
        assertThat(passings).as("passings of %s, and one run that ends", step).isGreaterThan(1);
    }

    private static boolean crashes(String at, Path folder, MediaPlace how, Path first, Path second)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dsun.jnu.encoding=UTF-8",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Loading.class.getName(),
                folder.toString(),
                how.name(),
                first.toString(),
                second.toString());
        builder.environment().put(CrashPoints.VARIABLE, at);
        int code = builder.inheritIO().start().waitFor();
        assertThat(code).as("exit code with a crash at %s", at).isIn(0, CrashPoints.EXIT_CODE);
        return code != 0;
    }

    /** A receiver that places media and nothing else. */
    static final class Loading {
        private Loading() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            CrashPoints crash = CrashPoints.of(System.getenv().getOrDefault(CrashPoints.VARIABLE, ""));
            MediaPlacer placer = MediaBench.placer(
                    folder.resolve("media"),
                    new BlobStore(folder.resolve("blobs")),
                    MediaPlace.valueOf(arguments[1]),
                    crash);
            MediaLists lists = new MediaLists(Optional.of(Path.of(arguments[2])), Path.of(arguments[3]), -1);
            placer.removeGone(lists, placer.place(lists));
        }
    }
}
