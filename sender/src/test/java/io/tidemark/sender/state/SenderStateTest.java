package io.tidemark.sender.state;

import static io.tidemark.sender.state.StateSamples.NOON;
import static io.tidemark.sender.state.StateSamples.begin;
import static io.tidemark.sender.state.StateSamples.blob;
import static io.tidemark.sender.state.StateSamples.receipt;
import static io.tidemark.sender.state.StateSamples.seal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.VolumeName;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receipt.Receipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SenderStateTest {
    @TempDir
    Path folder;

    @Test
    void sequencesGoUpAndAreNeverUsedAgain() {
        try (SenderState state = SenderState.open(folder)) {
            BundleId first = begin(state);
            state.giveUp(first);
            BundleId second = begin(state);
            assertThat(List.of(first.sequence(), second.sequence())).containsExactly(1L, 2L);
        }
        try (SenderState state = SenderState.open(folder)) {
            assertThat(begin(state).sequence()).as("after a restart").isEqualTo(3);
            state.raiseSequence(41);
            state.raiseSequence(7);
            assertThat(begin(state).sequence())
                    .as("after a higher one was seen")
                    .isEqualTo(42);
        }
    }

    @Test
    @SuppressWarnings("MustBeClosedChecker")
    void whatWasSaidIsThereAfterAKill() {
        SenderState killed = SenderState.open(folder);
        BundleId sealed = StateSamples.sealedWith(killed, blob(1));
        killed.volumePushed(new VolumeName(sealed, 1));
        BundleId cutOff = begin(killed);
        killed.claim(blob(2), cutOff.sequence());
        killed.note("a", "b");
        try (SenderState state = SenderState.open(folder)) {
            assertThat(state.known(blob(1))).as("the pushed content is known").isTrue();
            assertThat(state.known(blob(2))).as("the claimed content is known").isFalse();
            assertThat(state.unfinished()).extracting(SentBundle::id).containsExactly(sealed, cutOff);
            assertThat(state.lastSealed()).map(SentBundle::id).contains(sealed);
            assertThat(state.note("a")).contains("b");
            assertThat(begin(state).sequence()).isEqualTo(3);
        } finally {
            killed.close();
        }
    }

    @Test
    void aBundleIsRememberedWithItsReceipt() {
        try (SenderState state = SenderState.open(folder)) {
            BundleId bundle = begin(state);
            state.seal(bundle, new Sealed("ab", Optional.of("cd"), 1 << 30, 99, Duration.ofMillis(1500)));
            state.volumePushed(VolumeName.last(bundle));
            Receipt receipt = receipt(bundle, Receipt.State.LOADED, "s", blob(3));
            assertThat(state.receipt(receipt)).as("first time").isTrue();
            assertThat(state.receipt(receipt)).as("second time").isFalse();
            assertThat(state.bundles())
                    .containsExactly(new SentBundle(
                            bundle,
                            BundleState.SEALED,
                            "scheduled",
                            Optional.of("ab"),
                            Optional.of("cd"),
                            1 << 30,
                            99,
                            Duration.ofMillis(1500),
                            true,
                            Optional.of(receipt)));
        }
    }

    @Test
    void aBundleIsSealedOnceAndFinishedWhenItIsPushed() {
        try (SenderState state = SenderState.open(folder)) {
            BundleId bundle = begin(state);
            seal(state, bundle);
            assertThat(state.unfinished()).extracting(SentBundle::id).containsExactly(bundle);
            state.volumePushed(VolumeName.last(bundle));
            state.giveUp(bundle);
            assertThat(state.unfinished()).isEmpty();
            assertThat(state.bundles()).extracting(SentBundle::state).containsExactly(BundleState.SEALED);
            assertThatThrownBy(() -> seal(state, bundle)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void twoProcessesShareTheFile() {
        try (SenderState run = SenderState.open(folder);
                SenderState complete = SenderState.open(folder)) {
            BundleId bundle = begin(complete);
            complete.claim(blob(1), bundle.sequence());
            complete.noteVolume(new VolumeName(bundle, 1), List.of(blob(1)));
            run.volumePushed(new VolumeName(bundle, 1));
            assertThat(complete.known(blob(1)))
                    .as("known after the other pushed it")
                    .isTrue();
            assertThat(begin(run).sequence()).isEqualTo(2);
            assertThat(begin(complete).sequence()).isEqualTo(3);
        }
    }

    @Test
    void aFileOfAnotherKindIsRefusedWithARemedyAndLeftAsItIs() throws IOException, SQLException {
        Path file = folder.resolve(SenderState.FILE);
        Files.write(
                file,
                "no database, but long enough to look like one\n".repeat(200).getBytes(StandardCharsets.UTF_8));
        assertRefused();
        Files.delete(file);
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE a (b)");
        }
        byte[] before = Files.readAllBytes(file);
        assertRefused();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aFileOfALaterVersionIsRefused() throws SQLException {
        SenderState.open(folder).close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(SenderState.FILE));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        assertRefused();
    }

    @Test
    void damageInsideTheFileIsReportedWithARemedy() throws IOException {
        try (SenderState state = SenderState.open(folder)) {
            for (int i = 0; i < 50; i++) {
                StateSamples.sealedWith(state, blob(i));
            }
        }
        Path file = folder.resolve(SenderState.FILE);
        byte[] bytes = Files.readAllBytes(file);
        java.util.Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
        Files.write(file, bytes);
        assertThatThrownBy(() -> {
                    try (SenderState state = SenderState.open(folder)) {
                        state.bundles();
                        begin(state);
                    }
                })
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        failure -> assertThat(failure.hint()).contains("move the file"));
    }

    @Test
    void sequencesEndWithAClearError() {
        try (SenderState state = SenderState.open(folder)) {
            state.raiseSequence(BundleId.MAX_SEQUENCE);
            assertThatThrownBy(() -> state.begin("shop", BundleKind.PARTIAL, NOON, ""))
                    .isInstanceOf(TidemarkException.class)
                    .hasMessageContaining("no sequence is left");
        }
    }

    private void assertRefused() {
        assertThatThrownBy(() -> SenderState.open(folder)).isInstanceOfSatisfying(TidemarkException.class, failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.FAILED);
            assertThat(failure.hint()).contains("move the file");
        });
    }
}
