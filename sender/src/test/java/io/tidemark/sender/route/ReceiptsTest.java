package io.tidemark.sender.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.json.StrictJson;
import io.tidemark.receipt.Receipt;
import io.tidemark.receipt.ReceiptFiles;
import io.tidemark.sender.route.link.RemoteFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptsTest {
    private static final Instant NOON = Instant.parse("2025-03-01T12:00:00Z");

    @TempDir
    Path folder;

    private Workshop workshop;
    private final Shelf shelf = new Shelf();

    @BeforeEach
    void open() {
        workshop = new Workshop(folder);
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    /** A folder whose times are what a test says, and that remembers which files were read. */
    private static final class Shelf implements RemoteFolder {
        private final Map<String, byte[]> contents = new TreeMap<>();
        private final Map<String, Instant> times = new TreeMap<>();
        private final List<String> read = new ArrayList<>();

        void put(String name, Object value, Instant time) {
            contents.put(
                    name,
                    value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : StrictJson.pretty(value));
            times.put(name, time);
        }

        private byte[] content(String name) {
            return Objects.requireNonNull(contents.get(name));
        }

        @Override
        public List<Entry> list() {
            return contents.keySet().stream()
                    .map(name -> new Entry(name, size(name).orElseThrow(), Objects.requireNonNull(times.get(name))))
                    .toList();
        }

        @Override
        public OptionalLong size(String name) {
            return OptionalLong.of(content(name).length);
        }

        @Override
        public void read(String name, OutputStream target) throws IOException {
            read.add(name);
            target.write(content(name));
        }

        @Override
        public void write(String name, byte[] content) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public void publish(String part, String name) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public void remove(String name) {
            throw new UnsupportedOperationException(name);
        }
    }

    private void read() throws IOException {
        new Receipts(shelf, Workshop.SOURCE, workshop.state).read();
    }

    private BundleId bundle() {
        return workshop.state.begin(Workshop.SOURCE, BundleKind.COMPLETE, NOON, "test");
    }

    private static Receipt receipt(BundleId bundle, Receipt.State state) {
        return new Receipt(
                bundle.name(),
                "0".repeat(64),
                state,
                "store",
                bundle.sequence(),
                "",
                "",
                List.<BlobId>of(),
                false,
                null,
                null,
                null,
                1,
                null,
                state == Receipt.State.LOADED,
                List.of());
    }

    private List<Receipt.State> known() {
        return workshop.state.bundles().stream()
                .flatMap(bundle -> bundle.receipt().stream())
                .map(Receipt::state)
                .toList();
    }

    @Test
    void whatTheReceiverSaysIsLearntAndLearntAnewWhenItChanges() throws IOException {
        BundleId bundle = bundle();
        shelf.put(ReceiptFiles.receipt(bundle), receipt(bundle, Receipt.State.HELD), NOON);
        read();
        assertThat(known()).containsExactly(Receipt.State.HELD);
        shelf.put(ReceiptFiles.receipt(bundle), receipt(bundle, Receipt.State.LOADED), NOON.plusSeconds(60));
        read();
        assertThat(known()).containsExactly(Receipt.State.LOADED);
    }

    @Test
    void oldReceiptsAreNotReadAgainByEveryProcess() throws IOException {
        for (int day = 0; day < 10; day++) {
            BundleId bundle = bundle();
            shelf.put(
                    ReceiptFiles.receipt(bundle),
                    receipt(bundle, Receipt.State.LOADED),
                    NOON.plusSeconds(86_400L * day));
        }
        read();
        assertThat(shelf.read).hasSize(10);
        shelf.read.clear();
        read();
        assertThat(shelf.read).as("files read by the next process").hasSize(3);
    }

    /** Fault 62. */
    @Test
    void aReceiptFromAClockThatWasSetBackIsRead() throws IOException {
        BundleId before = bundle();
        shelf.put(ReceiptFiles.receipt(before), receipt(before, Receipt.State.LOADED), NOON);
        read();
        BundleId after = bundle();
        shelf.put(ReceiptFiles.receipt(after), receipt(after, Receipt.State.REFUSED), NOON.minusSeconds(3_600));
        read();
        assertThat(known()).containsExactly(Receipt.State.LOADED, Receipt.State.REFUSED);
    }

    @Test
    void whatIsNotAReceiptOfThisSourceIsLeftAlone() throws IOException {
        BundleId bundle = bundle();
        BundleId foreign = new BundleId("other", 1, BundleKind.COMPLETE, NOON);
        shelf.put(ReceiptFiles.receipt(foreign), receipt(foreign, Receipt.State.LOADED), NOON);
        shelf.put(ReceiptFiles.receipt(bundle) + ".part", receipt(bundle, Receipt.State.LOADED), NOON);
        shelf.put("notes.json", "{}", NOON);
        read();
        assertThat(shelf.read).isEmpty();
    }

    @Test
    void aReceiptThatIsDamagedOrOfAnotherBundleTeachesNothingAndHidesNoOther() throws IOException {
        BundleId damaged = bundle();
        BundleId swapped = bundle();
        BundleId good = bundle();
        shelf.put(ReceiptFiles.receipt(damaged), "{\"bundle\": ", NOON);
        shelf.put(ReceiptFiles.receipt(swapped), receipt(good, Receipt.State.LOADED), NOON);
        shelf.put(ReceiptFiles.receipt(good), receipt(good, Receipt.State.LOADED), NOON);
        read();
        assertThat(known()).containsExactly(Receipt.State.LOADED);
    }
}
