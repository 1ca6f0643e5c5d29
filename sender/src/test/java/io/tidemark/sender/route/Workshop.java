package io.tidemark.sender.route;

import io.tidemark.alarm.Alarms;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.VolumeName;
import io.tidemark.crash.CrashPoints;
import io.tidemark.progress.Progress;
import io.tidemark.sender.outbox.Outbox;
import io.tidemark.sender.route.link.Remote;
import io.tidemark.sender.state.SenderState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** A sender's work folder, with an outbox to fill and nodes that use it. */
final class Workshop implements AutoCloseable {
    static final String SOURCE = "shop";
    static final Backoff BRISK = new Backoff(Duration.ofMillis(20), Duration.ofMillis(100));

    final Outbox outbox;
    final SenderState state;
    private final Path folder;
    private final Random random = new Random(7);

    Workshop(Path folder) {
        this.folder = folder;
        this.outbox = new Outbox(folder.resolve("outbox"), 1 << 30);
        this.state = SenderState.open(folder);
    }

    NodeParts parts(Remote remote) {
        return new NodeParts(
                SOURCE,
                folder,
                remote,
                outbox,
                state,
                Clock.systemUTC(),
                Progress.none(),
                CrashPoints.none(),
                Alarms.none());
    }

    SenderNode node(Remote remote) {
        return new SenderNode(parts(remote), BRISK);
    }

    static BundleId bundle(long sequence) {
        return new BundleId(SOURCE, sequence, BundleKind.COMPLETE, Instant.parse("2025-03-30T01:00:00Z"));
    }

    /** Puts a volume of random bytes into the outbox. */
    VolumeName fill(long sequence, int number, int size) {
        VolumeName volume = new VolumeName(bundle(sequence), number);
        byte[] content = new byte[size];
        random.nextBytes(content);
        try {
            Files.write(outbox.part(volume), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        outbox.commit(volume);
        return volume;
    }

    @Override
    public void close() {
        state.close();
    }
}
