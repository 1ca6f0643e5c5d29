package io.tidemark.sender.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.VolumeName;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.sender.route.link.Remote;
import io.tidemark.settings.CronSchedule;
import io.tidemark.transfer.RemoteLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTest {
    @TempDir
    Path folder;

    private Workshop workshop;
    private Path inbox;

    @BeforeEach
    void open() throws IOException {
        workshop = new Workshop(Files.createDirectory(folder.resolve("work")));
        inbox = Files.createDirectories(folder.resolve("inbox"));
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    private SenderNode node() {
        return workshop.node(Remote.file(RemoteLocation.parse("file:" + inbox), Optional.empty()));
    }

    /** A time of day that is half a day away, so that nothing is due while a test runs. */
    private static CronSchedule notNow() {
        return CronSchedule.daily(LocalTime.now(ZoneOffset.UTC).plusHours(12).getHour(), 0);
    }

    /** With completes that are owed at once and fail in a way that is not tried again. */
    static CompletableFuture<Void> start(SenderNode node) {
        return CompletableFuture.runAsync(() -> node.run(notNow(), ZoneOffset.UTC, (label, receiptsRead) -> {
            throw new TidemarkException(FailureCode.RIGHTS, "no complete in this test", "none needed");
        }));
    }

    static @Nullable Throwable outcome(SenderNode node) {
        return catchThrowable(() -> node.run(notNow(), ZoneOffset.UTC, (label, receiptsRead) -> {
            throw new TidemarkException(FailureCode.RIGHTS, "no complete in this test", "none needed");
        }));
    }

    @Test
    void aServiceWithoutAnyCompleteMakesOneAtOnceAndThenNoMore() {
        AtomicInteger made = new AtomicInteger();
        try (SenderNode node = node()) {
            CompletableFuture<Void> service =
                    CompletableFuture.runAsync(() -> node.run(notNow(), ZoneOffset.UTC, (label, receiptsRead) -> {
                        assertThat(label).isEqualTo("scheduled");
                        made.incrementAndGet();
                        workshop.fill(1, VolumeName.LAST, 10);
                        return Workshop.bundle(1);
                    }));
            await().until(() -> Files.exists(
                    inbox.resolve(VolumeName.last(Workshop.bundle(1)).fileName())));
            await().during(1500, TimeUnit.MILLISECONDS).until(() -> made.get() == 1);
            node.stop();
            await().until(service::isDone);
        }
    }

    @Test
    void aStopEndsACaptureThatIsUnderWay() {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger interrupted = new AtomicInteger();
        try (SenderNode node = node()) {
            CompletableFuture<Void> service =
                    CompletableFuture.runAsync(() -> node.run(notNow(), ZoneOffset.UTC, (label, receiptsRead) -> {
                        begun.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.incrementAndGet();
                        }
                        throw new TidemarkException(FailureCode.FAILED, "stopped", "start it again");
                    }));
            await().until(() -> begun.getCount() == 0);
            node.stop();
            await().until(service::isDone);
            await().until(() -> interrupted.get() == 1);
        }
    }

    @Test
    void aSecondCompleteIsRefusedWhileOneIsUnderWay() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (SenderNode one = node();
                SenderNode other = node()) {
            CompletableFuture<CompleteResult> first = CompletableFuture.supplyAsync(() -> one.complete(
                    (label, receiptsRead) -> {
                        begun.countDown();
                        await().until(() -> end.getCount() == 0);
                        workshop.fill(1, VolumeName.LAST, 10);
                        return Workshop.bundle(1);
                    },
                    "manual"));
            await().until(() -> begun.getCount() == 0);
            assertThat(catchThrowable(() -> other.complete((label, receiptsRead) -> Workshop.bundle(2), "manual")))
                    .isInstanceOfSatisfying(
                            TidemarkException.class,
                            failure -> assertThat(failure.code()).isEqualTo(FailureCode.BUSY));
            end.countDown();
            await().until(first::isDone);
            assertThat(first.join().delivered()).isTrue();
        }
    }

    @Test
    void aCommandBesideTheServiceEndsWhenItsBundleHasLeft() {
        try (SenderNode service = node();
                SenderNode command = node()) {
            CompletableFuture<Void> running = start(service);
            CompleteResult result = command.complete(
                    (label, receiptsRead) -> {
                        BundleId bundle = Workshop.bundle(5);
                        for (int number = 1; number <= 40; number++) {
                            workshop.fill(5, number, 20_000);
                        }
                        workshop.fill(5, VolumeName.LAST, 10);
                        return bundle;
                    },
                    "manual");
            assertThat(result.delivered()).isTrue();
            assertThat(workshop.outbox.waiting()).isEmpty();
            assertThat(inbox.toFile().list()).hasSize(41);
            service.stop();
            await().until(running::isDone);
        }
    }

    @Test
    void aCaptureThatFailsTellsItsOwnReason() {
        try (SenderNode node = node()) {
            assertThat(catchThrowable(() -> node.complete(
                            (label, receiptsRead) -> {
                                throw new TidemarkException(FailureCode.DATABASE, "no database", "start it");
                            },
                            "manual")))
                    .hasMessage("no database");
        }
    }

    @Test
    void aCaptureThatWasCutOffIsClearedAwayBeforeTheNext() {
        BundleId cutOff = workshop.state.begin(
                Workshop.SOURCE, io.tidemark.bundle.BundleKind.COMPLETE, java.time.Instant.now(), "x");
        workshop.fill(cutOff.sequence(), 1, 10);
        try (SenderNode node = node()) {
            node.complete(
                    (label, receiptsRead) -> {
                        assertThat(workshop.state.unfinished()).isEmpty();
                        workshop.fill(9, VolumeName.LAST, 10);
                        return Workshop.bundle(9);
                    },
                    "manual");
        }
        assertThat(workshop.state.unfinished()).isEmpty();
    }
}
