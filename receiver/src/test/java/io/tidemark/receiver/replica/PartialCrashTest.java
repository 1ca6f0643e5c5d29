package io.tidemark.receiver.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.BundleId;
import io.tidemark.crash.CrashPoints;
import io.tidemark.progress.Progress;
import io.tidemark.receipt.Receipt.State;
import io.tidemark.receiver.inbox.MemoryFolder;
import io.tidemark.receiver.load.partial.ApplyStep;
import io.tidemark.receiver.route.ReceiverNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PartialCrashTest {
    @TempDir(factory = MemoryFolder.class)
    Path root;

    /** A new step cannot be forgotten. */
    @ParameterizedTest
    @EnumSource
    void aLoadThatIsCutOffAnywhereIsFinishedByTheNext(ApplyStep step) throws Exception {
        History history = new History(Files.createDirectories(root.resolve("stash")));
        Replica replica = new Replica(history, root);
        history.tick(
                "create table a (id int primary key, v text); insert into a select i, 'v' from generate_series(1, 9) i;"
                        + " create table b (id int primary key); insert into b values (1)");
        replica.load(history.complete());
        history.tick(
                "alter table a add n int; update a set n = id, v = v || id where id > 5; delete from a where id = 1;"
                        + " insert into b values (2)");
        BundleId bundle = history.partial(1, 2);
        history.deliver(bundle, root.resolve("inbox"));
        halt(step, replica);
        Awaitility.await().until(() -> replica.take().of(bundle.sequence()).state() == State.LOADED);
        replica.assertEqual("a", "b");
        assertThat(replica.read("select count(*) from tidemark.bundle")).isEqualTo("2");
        assertThat(replica.read("select position from tidemark.source"))
                .isEqualTo(History.lsn(2).toString());
        assertThat(replica.archive().open(bundle)).isPresent();
        assertThat(replica.load(history.complete()).equal()).isTrue();
    }

    private static void halt(ApplyStep step, Replica replica) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Loading.class.getName(),
                replica.root.toString(),
                replica.server.url(replica.database));
        builder.environment().put(CrashPoints.VARIABLE, CrashPoints.word(step));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        assertThat(builder.start().waitFor()).as("exit code").isEqualTo(CrashPoints.EXIT_CODE);
    }

    /** A receiver that loads once. */
    static final class Loading {
        private Loading() {}

        public static void main(String[] arguments) {
            CrashPoints crash = CrashPoints.of(System.getenv().getOrDefault(CrashPoints.VARIABLE, ""));
            try (ReceiverNode node = new ReceiverNode(
                    Replica.settings(Path.of(arguments[0]), arguments[1]), Clock.systemUTC(), Progress.none(), crash)) {
                node.load(false);
            }
        }
    }
}
