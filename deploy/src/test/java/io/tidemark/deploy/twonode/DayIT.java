package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.ReceiptFile;
import io.tidemark.deploy.kit.TextFiles;
import io.tidemark.failure.FailureCode;
import io.tidemark.sender.state.SentBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A whole day of both services in fast time, in Santiago: partials, a complete at night, link checks and expiry come when their schedules say,
 * each once, also where the clocks change.
 */
final class DayIT {
    private static final Duration PARTIALS_LIVE = Duration.ofHours(6);
    private static final Duration COMPLETES_LIVE = Duration.ofHours(12);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<String> TOLD_OF_A_DAY =
            List.of("link.transfer", "partial.outbox-full", "complete.outbox-full");
    /** Partials that are still made without a link. */
    private static final int BEFORE_THE_CAP = 5;

    private final Pair pair = Ground.empty();
    private final Random random = new Random(Long.getLong("SEED", 11));
    /** When partials were made, or have to be. */
    private final List<Instant> written = new ArrayList<>();

    /**
     * @param begin noon in Santiago
     * @param writes about how often the application writes
     * @param complete when the night's complete is due
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "an ordinary day, 2026-05-12T16:00:00Z, */5 * * * *, 5, 16, 30 3 * * *, 2026-05-13T07:30:00Z",
        "summer time begins and the hour is skipped, 2026-09-05T16:00:00Z, */30 * * * *, 30, 10, 30 0 * * *, 2026-09-06T04:30:00Z",
        "summer time ends and the hour comes twice, 2026-04-04T15:00:00Z, */30 * * * *, 30, 10, 30 23 * * *, 2026-04-05T02:30:00Z",
    })
    void eachThingComesWhenItIsDue(
            String name, Instant begin, String partials, int minutes, int writes, String nightly, Instant complete) {
        begin(begin);
        SteppedClock clock = new SteppedClock(begin);
        Node sender = pair.sender()
                .with("zone", "America/Santiago")
                .with("complete.schedule", nightly)
                .with("partial.schedule", partials);
        Node receiver = pair.receiver()
                .with("poll.interval", "20ms")
                .with("lifetime.partial", PARTIALS_LIVE.toHours() + "h")
                .with("lifetime.complete", COMPLETES_LIVE.toHours() + "h");
        try (FastServices services = new FastServices(sender, receiver, clock)) {
            services.await("the service's first complete and looks", () -> isBegun(services));
            int looks = services.sending().succeededOf("partial");
            Duration interval = Duration.ofMinutes(minutes);
            int steps = (int) DAY.dividedBy(interval);
            for (int step = 1; step <= steps; step++) {
                Instant now = begin.plus(interval.multipliedBy(step));
                if (random.nextInt(steps) < writes && !now.equals(complete)) {
                    write(now);
                }
                clock.moveTo(now);
                awaitDue(
                        services, looks + step, Duration.between(begin, now).toHours(), now.isBefore(complete) ? 1 : 2);
                if (Duration.between(begin, now).toMinutes() % HOUR.toMinutes() == 0) {
                    assertThat(archived()).as("archive at %s", now).isEqualTo(kept(services.bundles(), now));
                }
            }
            assertOnce(services, looks + steps, begin, complete);
        }
        pair.assertEqual();
    }

    /** Rows and files wait in order, up to the cap of the outbox; then changes wait on the primary, and the day's complete is given up. */
    @Test
    void aDayWithoutALinkIsToldOnceAndCaughtUpInOrder() throws IOException {
        Instant begin = Instant.parse("2026-05-12T16:00:00Z");
        begin(begin);
        SteppedClock clock = new SteppedClock(begin);
        Path told = pair.scratch().resolve("told-" + System.nanoTime());
        Node sender = pair.sender()
                .with("complete.schedule", "30 15 * * *")
                .with("partial.schedule", "0 */2 * * *")
                .with("volume.size", "1MB")
                .with("outbox.max-size", "2MB")
                .with("outbox.patience", "20ms")
                .with("alarm.command", notifier(told))
                .with("alarm.after", "1s")
                .with("alarm.settle", "1s");
        try (FastServices services = new FastServices(sender, pair.receiver().with("poll.interval", "20ms"), clock)) {
            services.await("the service's first complete and looks", () -> isBegun(services));
            services.sending().mean(FailureCode.TRANSFER, FailureCode.OUTBOX_FULL);
            pair.wire().refuse(true);
            pair.wire().cut();
            int tries = services.sending().triesOf("partial");
            for (int tick = 1; tick <= 12; tick++) {
                Instant now = begin.plus(HOUR.multipliedBy(2L * tick));
                writeWithoutLink(tick, now);
                clock.moveTo(now);
                int due = tick;
                services.await(
                        "what is due",
                        () -> services.sending().triesOf("partial") >= tries + due
                                && services.sending().triesOf("link-check") > due);
            }
            services.await("what people are told", () -> lines(told).size() >= TOLD_OF_A_DAY.size());
            assertThat(services.receiving().doneOf("partial"))
                    .as("partials loaded")
                    .isZero();
            assertThat(outbox())
                    .as("the large picture's volume, and partials up to the cap")
                    .hasSize(BEFORE_THE_CAP + 1);

            pair.wire().refuse(false);
            services.await("what waited has left by itself", () -> outbox().isEmpty());
            clock.moveTo(begin.plus(DAY).plus(HOUR.multipliedBy(2)));
            services.await("all is caught up", () -> services.receiving().doneOf("complete") == 2);
            services.await("what people are told", () -> lines(told).size() >= 2 * TOLD_OF_A_DAY.size());
            assertThat(lines(told))
                    .containsExactlyInAnyOrderElementsOf(Stream.of("opened ", "over ")
                            .flatMap(event -> TOLD_OF_A_DAY.stream().map(event::concat))
                            .toList());
            assertThat(services.receiving().finished())
                    .filteredOn(summary -> summary.contains("-partial-"))
                    .as("partials in the order of their loads")
                    .hasSize(BEFORE_THE_CAP + 1)
                    .isSorted();
        }
        pair.assertEqual();
    }

    private List<Path> outbox() {
        return Pair.files(pair.scratch().resolve("sender/outbox"), ".tar");
    }

    /** First a file that takes more than half of what may wait, then rows alone, then files for which no room is left. */
    private void writeWithoutLink(int tick, Instant now) {
        pair.primary("insert into report values (" + (1000 + tick) + ", 'without a link', 'tick/" + tick + ".jpeg')");
        if (tick == 1) {
            picture("tick/1.jpeg", now, 1_300_000);
        } else if (tick > BEFORE_THE_CAP) {
            picture("tick/" + tick + ".jpeg", now, 2000);
        }
    }

    private String notifier(Path told) {
        Path notifier = TextFiles.writeSecret(
                pair.scratch().resolve("notify-" + System.nanoTime()),
                "#!/bin/sh\necho \"$ALARM_EVENT $ALARM_ID\" >> " + told + "\n");
        assertThat(notifier.toFile().setExecutable(true)).isTrue();
        return notifier.toString();
    }

    private static List<String> lines(Path file) {
        return Files.exists(file) ? TextFiles.read(file).lines().toList() : List.of();
    }

    private void begin(Instant begin) {
        pair.nodes().allowPartials();
        pair.primary(
                "create table report (id int primary key, text text, picture text);"
                        + " insert into report select i, 'report ' || i, 'first/' || i || '.jpeg' from generate_series(1, 50) i");
        for (int i = 1; i <= 50; i++) {
            picture("first/" + i + ".jpeg", begin);
        }
    }

    private static boolean isBegun(FastServices services) {
        return services.receiving().doneOf("complete") == 1
                && !services.completeIsRequested()
                && services.sending().succeededOf("partial") > 0
                && services.sending().succeededOf("link-check") == 1
                && services.receiving().succeededOf("expire") == 1;
    }

    /** Some passenger reports, some report is answered, some is taken back. */
    private void write(Instant now) {
        int id = 1000 + written.size();
        written.add(now);
        picture("day/" + id + ".jpeg", now);
        int gone = 1 + random.nextInt(50);
        pair.primary("insert into report values (" + id + ", 'late', 'day/" + id + ".jpeg');"
                + " update report set text = text || ', answered' where id % 7 = " + random.nextInt(7) + ";"
                + " delete from report where id = " + gone);
        if (delete("first/" + gone + ".jpeg")) {
            // What is gone is said in a partial of its own, after all rows that were committed before.
            written.add(now);
        }
    }

    private static void awaitDue(FastServices services, int looks, long hours, int completes) {
        services.await(
                "what is due",
                () -> services.sending().succeededOf("partial") >= looks
                        && services.sending().succeededOf("link-check") > hours
                        && services.receiving().succeededOf("expire") > hours
                        && services.receiving().doneOf("complete") >= completes
                        && services.bundles().stream().allMatch(SentBundle::pushed)
                        && services.receiving().doneOf("complete")
                                        + services.receiving().doneOf("partial")
                                >= services.bundles().size());
    }

    private void assertOnce(FastServices services, int looks, Instant begin, Instant complete) {
        assertThat(created(services, BundleKind.COMPLETE)).as("completes").containsExactly(begin, complete);
        assertThat(created(services, BundleKind.PARTIAL)).as("partials").isEqualTo(written);
        assertThat(written).as("partials").hasSizeGreaterThan(8);
        assertThat(services.sending().succeededOf("partial"))
                .as("looks for changes")
                .isEqualTo(looks);
        assertThat(services.sending().succeededOf("link-check"))
                .as("link checks")
                .isEqualTo(25);
        assertThat(services.receiving().succeededOf("expire")).as("expiries").isEqualTo(25);
        assertThat(services.receiving().doneOf("complete"))
                .as("completes loaded")
                .isEqualTo(2);
        assertThat(services.receiving().doneOf("partial")).as("partials loaded").isEqualTo(written.size());
        ReceiptFile receipt =
                ReceiptFile.latestComplete(pair.nodes().receipts()).orElseThrow();
        assertThat(receipt.bundle().created()).isEqualTo(complete);
        assertThat(receipt.loadedAndEqual()).as("the nightly complete is equal").isTrue();
        assertThat(receipt.sum("inserted") + receipt.sum("updated") + receipt.sum("deleted"))
                .as("what it had to repair")
                .isZero();
    }

    private static List<Instant> created(FastServices services, BundleKind kind) {
        return services.bundles().stream()
                .map(bundle -> bundle.id())
                .filter(id -> id.kind() == kind)
                .map(BundleId::created)
                .toList();
    }

    /** What lies in the archive by the rules of the README: what is young, and the last complete with all that came after it. */
    private static List<BundleId> kept(List<SentBundle> bundles, Instant now) {
        List<BundleId> all = bundles.stream().map(SentBundle::id).sorted().toList();
        long last = all.stream()
                .filter(id -> id.kind() == BundleKind.COMPLETE)
                .mapToLong(BundleId::sequence)
                .max()
                .orElseThrow();
        return all.stream()
                .filter(id -> id.sequence() >= last
                        || !id.created()
                                .plus(id.kind() == BundleKind.COMPLETE ? COMPLETES_LIVE : PARTIALS_LIVE)
                                .isBefore(now))
                .toList();
    }

    private List<BundleId> archived() {
        try (Stream<Path> entries = Files.list(pair.nodes().archive())) {
            return entries.filter(Files::isDirectory)
                    .flatMap(folder -> BundleId.parse(folder.getFileName().toString()).stream())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the clock of the test says, an hour old: a file that was only just written is read twice. */
    private void picture(String path, Instant now) {
        picture(path, now, 2000);
    }

    private void picture(String path, Instant now, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        Path file = pair.nodes().mediaSource().resolve(path);
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, bytes);
            Files.setLastModifiedTime(file, FileTime.from(now.minus(HOUR)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean delete(String path) {
        try {
            return Files.deleteIfExists(pair.nodes().mediaSource().resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
