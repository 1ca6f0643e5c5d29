package io.tidemark.sender.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.VolumeName;
import io.tidemark.crash.CrashPoints;
import io.tidemark.progress.Progress;
import io.tidemark.sender.route.link.RemoteFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the remote folder is looked through for what earlier tries left: not for each partial, of which thousands may lie there. */
class DeliverySweepTest {
    private final Shelf shelf = new Shelf();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Workshop workshop;

    @SuppressWarnings("NullAway.Init")
    private Delivery delivery;

    @BeforeEach
    void open() {
        workshop = new Workshop(folder);
        delivery = new Delivery(workshop.outbox, shelf, volume -> {}, Progress.none(), CrashPoints.none());
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    /** Knows names alone. */
    private static final class Shelf implements RemoteFolder {
        private final Set<String> names = new TreeSet<>();
        private int listed;

        @Override
        public List<Entry> list() {
            listed++;
            return names.stream().map(name -> new Entry(name, 0, Instant.EPOCH)).toList();
        }

        @Override
        public void remove(String name) {
            names.remove(name);
        }

        @Override
        public OptionalLong size(String name) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public void write(String name, byte[] content) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public void read(String name, OutputStream target) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public void publish(String part, String name) {
            throw new UnsupportedOperationException(name);
        }
    }

    private static VolumeName partial(long sequence) {
        return VolumeName.last(
                new BundleId(Workshop.SOURCE, sequence, BundleKind.PARTIAL, Instant.parse("2026-03-02T03:30:00Z")));
    }

    /** As the route does it once the volume is in the remote folder. */
    private void push(VolumeName volume) throws IOException {
        Files.write(workshop.outbox.part(volume), new byte[10]);
        workshop.outbox.commit(volume);
        delivery.isMissing(volume);
        delivery.finish(volume);
        delivery.sweep(volume);
    }

    @Test
    void theFirstCommitOfAProcessFindsWhatAnotherLeft() throws IOException {
        shelf.names.addAll(
                List.of(partial(3) + ".part", partial(9) + ".part", partial(2).toString(), "other.part"));
        push(partial(4));
        assertThat(shelf.names)
                .containsExactlyInAnyOrder(partial(9) + ".part", partial(2).toString(), "other.part");
        push(partial(5));
        push(partial(6));
        assertThat(shelf.listed).isEqualTo(1);
    }

    @Test
    void whatWasBegunAndGivenUpGoesWithTheNextCommit() throws IOException {
        push(partial(1));
        delivery.isMissing(partial(2));
        shelf.names.add(partial(2) + ".part");
        push(partial(3));
        assertThat(shelf.names).isEmpty();
        push(partial(4));
        assertThat(shelf.listed).isEqualTo(2);
    }

    @Test
    void aCompleteLooksInAnyCase() throws IOException {
        push(partial(1));
        shelf.names.add(partial(1) + ".part");
        push(partial(2));
        assertThat(shelf.names).isNotEmpty();
        push(VolumeName.last(Workshop.bundle(3)));
        assertThat(shelf.names).isEmpty();
    }
}
