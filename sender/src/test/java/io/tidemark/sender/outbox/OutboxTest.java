package io.tidemark.sender.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.VolumeName;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    private static final long CAP = 1_000;
    private static final Duration PATIENCE = Duration.ofMillis(400);

    @TempDir
    Path folder;

    private Outbox outbox;

    @BeforeEach
    void open() {
        outbox = new Outbox(folder.resolve("outbox"), CAP);
    }

    private static VolumeName volume(long sequence, int number) {
        return new VolumeName(
                new BundleId("shop", sequence, BundleKind.COMPLETE, Instant.parse("2025-01-01T00:00:00Z")), number);
    }

    private VolumeName put(long sequence, int number, int size) throws IOException {
        VolumeName volume = volume(sequence, number);
        Files.write(outbox.part(volume), new byte[size]);
        outbox.commit(volume);
        return volume;
    }

    @Test
    void pushesOlderBundlesFirstAndTheCommitOfABundleLast() throws IOException {
        put(10, VolumeName.LAST, 1);
        put(9, VolumeName.LAST, 1);
        put(9, 2, 1);
        put(9, 1, 1);
        assertThat(outbox.waiting())
                .containsExactly(volume(9, 1), volume(9, 2), volume(9, VolumeName.LAST), volume(10, VolumeName.LAST));
        assertThat(outbox.next()).contains(volume(9, 1));
    }

    @Test
    void ignoresWhatIsNotFinishedAndWhatIsNotItsOwn() throws IOException {
        Files.write(outbox.part(volume(1, 1)), new byte[7]);
        Files.write(outbox.folder().resolve("notes.tar"), new byte[5]);
        assertThat(outbox.waiting()).isEmpty();
        assertThat(outbox.bytes()).as("all that takes room").isEqualTo(12);
    }

    @Test
    void aVolumeIsSeenWhoeverCommitsIt() throws Exception {
        Outbox another = new Outbox(outbox.folder(), CAP);
        CompletableFuture<Boolean> seen = CompletableFuture.supplyAsync(() -> awaitVolume(another));
        put(1, 1, 1);
        await().until(seen::isDone);
        assertThat(seen.join()).isTrue();
        outbox.remove(volume(1, 1));
        outbox.remove(volume(1, 1));
        assertThat(another.awaitVolume(Duration.ofMillis(10))).isFalse();
    }

    private static boolean awaitVolume(Outbox outbox) {
        try {
            return outbox.awaitVolume(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFullOutboxThatStandsStillIsGivenUpOnWithCapAndRemedy() throws IOException {
        put(1, 1, 900);
        TidemarkException failure = catchThrowableOfType(
                TidemarkException.class, () -> outbox.room().reserve(volume(2, 1), 200, PATIENCE));
        assertThat(failure.code()).isEqualTo(FailureCode.OUTBOX_FULL);
        assertThat(failure.text()).contains("900 bytes of at most " + CAP);
        assertThat(failure.hint()).contains("outbox.max-size");
    }

    @Test
    void aFullOutboxThatShrinksIsWaitedForHoweverLongItTakes() throws IOException {
        for (int number = 1; number <= 10; number++) {
            put(1, number, 100);
        }
        CompletableFuture<Void> waiting =
                CompletableFuture.runAsync(() -> outbox.room().reserve(volume(2, 1), 600, PATIENCE));
        for (int number = 1; number <= 6; number++) {
            int next = number;
            await().pollDelay(PATIENCE.dividedBy(2)).until(() -> !waiting.isDone());
            outbox.remove(volume(1, next));
        }
        await().until(waiting::isDone);
        assertThat(waiting).isCompletedWithValue(null);
    }

    @Test
    void oneVolumeMayBeMadeWhateverItsSizeAndNoOtherBeside() {
        outbox.room().reserve(volume(1, 1), 100 * CAP, PATIENCE);
        assertThat(catchThrowableOfType(
                                TidemarkException.class, () -> outbox.room().reserve(volume(1, 2), 1, PATIENCE))
                        .code())
                .isEqualTo(FailureCode.OUTBOX_FULL);
        outbox.room().release(volume(1, 1));
        outbox.room().reserve(volume(1, 2), 1, PATIENCE);
    }

    @Test
    void aBundleThatWasGivenUpLeavesNothing() throws IOException {
        put(1, 1, 1);
        put(2, 1, 1);
        Files.write(outbox.part(volume(1, 2)), new byte[1]);
        Files.write(outbox.part(volume(1, VolumeName.LAST)), new byte[1]);
        outbox.discardUnfinished(volume(1, 1).bundle());
        assertThat(outbox.folder().toFile().list()).containsExactly(volume(2, 1).fileName());
    }

    @Test
    void aBundleWithItsCommitIsNotTornApart() throws IOException {
        List<VolumeName> whole = List.of(put(1, 1, 1), put(1, VolumeName.LAST, 1));
        outbox.discardUnfinished(volume(1, 1).bundle());
        assertThat(outbox.waiting()).isEqualTo(whole);
    }
}
