package io.tidemark.receiver.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.VolumeName;
import io.tidemark.crash.CrashPoints;
import io.tidemark.progress.Progress;
import io.tidemark.receiver.archive.BundleUse;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.inbox.ContentCheck;
import io.tidemark.receiver.inbox.MemoryFolder;
import io.tidemark.receiver.inbox.Problems;
import io.tidemark.receiver.restore.Verify;
import io.tidemark.receiver.retention.ExpireStep;
import io.tidemark.receiver.retention.ExpiryReport;
import io.tidemark.receiver.route.ReceiverNode;
import io.tidemark.receiver.settings.Lifetimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpiryTest {
    private static final Instant START = Instant.parse("2026-03-02T04:00:00Z");
    private static final Lifetimes SHORT = new Lifetimes(
            Optional.of(Duration.ofDays(2)),
            Optional.of(Duration.ofDays(1)),
            0,
            0,
            0,
            ZoneId.of("UTC"),
            Duration.ofDays(3),
            Duration.ofDays(3),
            Lifetimes.WARN);

    @TempDir(factory = MemoryFolder.class)
    Path root;

    private History history;
    private Replica replica;

    @BeforeEach
    void begin() throws IOException {
        history = new History(Files.createDirectories(root.resolve("stash")));
        replica = new Replica(history, root);
        replica.lifetimes = SHORT;
        history.tick(
                "create table a (id int primary key, v text); insert into a select i, 'v' from generate_series(1, 9) i");
    }

    /** Five days of a complete, and a partial after each. */
    private void fiveDays() throws IOException {
        for (int day = 0; day < 5; day++) {
            replica.clock = Clock.fixed(START.plus(Duration.ofDays(day)), ZoneOffset.UTC);
            replica.load(history.complete());
            int tick = history.tick("insert into a values (" + (100 + day) + ", 'later')");
            replica.load(history.partial(tick - 1, tick));
        }
    }

    private ExpiryReport expire(boolean dryRun) {
        try (ReceiverNode node = replica.node()) {
            return node.expire(dryRun);
        }
    }

    @Test
    void bundlesExpireAndContentsThatNothingNamesWithThem() throws IOException {
        fiveDays();
        Set<BundleId> before = new TreeSet<>(replica.archive().bundles());
        ExpiryReport planned = expire(true);
        assertThat(replica.archive().bundles()).as("a dry run removes nothing").containsExactlyElementsOf(before);
        assertThat(planned.plan().verdicts()).hasSize(10);
        assertThat(planned.plan().removed()).extracting(BundleId::sequence).containsExactly(6L, 4L, 2L, 3L, 1L);
        assertThat(planned.swept().contents()).isEqualTo(2);

        ExpiryReport done = expire(false);
        assertThat(done.plan().removed()).isEqualTo(planned.plan().removed());
        assertThat(done.swept()).as("what the dry run foretold").isEqualTo(planned.swept());
        assertThat(replica.archive().bundles()).extracting(BundleId::sequence).containsExactly(5L, 7L, 8L, 9L, 10L);
        everythingLeftIsWhole();
        assertThat(expire(false).removesNothing()).isTrue();
        assertThat(replica.read("select count(*) from tidemark.bundle"))
                .as("the ledger's rows stay")
                .isEqualTo("10");
        history.tick("update a set v = 'x' where id < 4; delete from a where id = 9");
        assertThat(replica.load(history.complete()).equal())
                .as("merged against what is left")
                .isTrue();
        replica.assertEqual("a");
    }

    @Test
    void aBundleThatIsReadStaysWithItsContents() throws IOException {
        fiveDays();
        BundleId oldest = replica.archive().bundles().get(0);
        try (BundleUse reading = BundleUse.reading(replica.archive(), oldest)) {
            ExpiryReport report = expire(false);
            assertThat(report.plan().removed()).as("%s", reading).doesNotContain(oldest);
            assertThat(new Verify(replica.archive()).bundle(oldest).good()).isTrue();
        }
        expire(false);
        assertThat(replica.archive().bundles()).doesNotContain(oldest);
    }

    @Test
    void contentsStayWhileABundleIsArriving() throws IOException {
        fiveDays();
        history.tick("insert into a values (1000, 'new')");
        BundleId coming = history.complete();
        Path inbox = root.resolve("inbox");
        Path first = inbox.resolve(new VolumeName(coming, 1).fileName());
        Files.copy(history.stash.resolve(first.getFileName()), first);
        replica.take();
        ExpiryReport report = expire(false);
        assertThat(report.plan().removed()).hasSize(5);
        assertThat(report.swept().contents()).isZero();
        assertThat(report.swept().postponed()).contains(coming.name());
        assertThat(replica.load(coming).equal()).isTrue();
        assertThat(expire(false).swept().contents()).isEqualTo(2);
        everythingLeftIsWhole();
    }

    @Test
    void contentsOfABundleThatWaitsStay() throws IOException {
        fiveDays();
        history.tick("insert into a values (1000, 'new')");
        BundleId held = history.complete();
        replica.sql("create table b (id int)");
        history.tick("create table b (id int primary key); insert into b values (1)");
        BundleId notAdopted = history.complete();
        assertThat(replica.take(notAdopted).of(notAdopted.sequence()).reason()).contains("b");
        expire(false);
        replica.sql("drop table b");
        assertThat(replica.take().of(notAdopted.sequence()).equal())
                .as("its contents were not swept, nor those of %s", held)
                .isTrue();
    }

    @Test
    void refusedThingsAndOldReceiptsGo() throws IOException {
        fiveDays();
        Files.writeString(root.resolve("inbox/rubbish.tar"), "rubbish");
        replica.take();
        assertThat(root.resolve("quarantine")).isNotEmptyDirectory();
        expire(false);
        assertThat(root.resolve("quarantine")).as("not before its time").isNotEmptyDirectory();
        assertThat(root.resolve("receipts")).isDirectoryContaining("glob:**0000000001-*.json");
        FileTime old = FileTime.from(replica.clock.instant().minus(Duration.ofDays(4)));
        for (Path folder : new Path[] {root.resolve("quarantine"), root.resolve("receipts")}) {
            try (var files = Files.list(folder)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.setLastModifiedTime(file, old);
                }
            }
        }
        ExpiryReport report = expire(false);
        assertThat(report.refused()).containsExactly("rubbish.tar");
        assertThat(root.resolve("quarantine")).isEmptyDirectory();
        assertThat(report.receipts()).as("of bundles that are gone").isEqualTo(5);
        assertThat(root.resolve("receipts")).isDirectoryContaining("glob:**0000000010-*.json");
        assertThat(root.resolve("receipts")).isDirectoryNotContaining("glob:**0000000001-*.json");
    }

    /** A new step cannot be forgotten. */
    @ParameterizedTest
    @EnumSource
    void anExpiryThatIsCutOffAnywhereIsFinishedByTheNext(ExpireStep step) throws Exception {
        fiveDays();
        Files.writeString(root.resolve("inbox/rubbish.tar"), "rubbish");
        replica.take();
        try (var files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Files.setLastModifiedTime(file, FileTime.from(START.minus(Duration.ofDays(9))));
            }
        }
        halt(step);
        named();
        Set<Long> last = new TreeSet<>();
        replica.archive().bundles().forEach(bundle -> last.add(bundle.sequence()));
        assertThat(last).contains(9L, 10L);
        expire(false);
        assertThat(replica.archive().bundles()).extracting(BundleId::sequence).containsExactly(5L, 7L, 8L, 9L, 10L);
        everythingLeftIsWhole();
        assertThat(expire(false).removesNothing()).isTrue();
        try (var files = Files.walk(root.resolve("archive"))) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
        }
        history.tick("update a set v = 'x' where id < 4");
        assertThat(replica.load(history.complete()).equal()).isTrue();
    }

    /** Every bundle of the archive is whole, and the store holds nothing else. */
    private void everythingLeftIsWhole() throws IOException {
        assertThat(replica.archive().blobs("shop").all()).containsExactlyInAnyOrderElementsOf(named());
    }

    private Set<BlobId> named() throws IOException {
        Set<BlobId> named = new TreeSet<>(Comparator.comparing(BlobId::hex));
        for (BundleId bundle : replica.archive().bundles()) {
            BundleFolder folder = replica.archive().require(bundle);
            new ContentCheck(folder, Problems.refuse()).check((blob, size) -> named.add(blob));
            assertThat(new Verify(replica.archive()).bundle(bundle).problems()).isEmpty();
        }
        return named;
    }

    private void halt(ExpireStep step) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Expiring.class.getName(),
                replica.root.toString(),
                replica.server.url(replica.database),
                replica.clock.instant().toString());
        builder.environment().put(CrashPoints.VARIABLE, CrashPoints.word(step));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        assertThat(builder.start().waitFor()).as("exit code").isEqualTo(CrashPoints.EXIT_CODE);
    }

    /** A receiver that expires once. */
    static final class Expiring {
        private Expiring() {}

        public static void main(String[] arguments) {
            CrashPoints crash = CrashPoints.of(System.getenv().getOrDefault(CrashPoints.VARIABLE, ""));
            Clock clock = Clock.fixed(Instant.parse(arguments[2]), ZoneOffset.UTC);
            try (ReceiverNode node = new ReceiverNode(
                    Replica.settings(Path.of(arguments[0]), arguments[1], SHORT, List.of()),
                    clock,
                    Progress.none(),
                    crash)) {
                node.expire(false);
            }
        }
    }
}
