package io.tidemark.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.tidemark.file.DurableFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobStoreTest {
    private static final byte[] TEXT = "tidemark ".repeat(1000).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void givesBackEveryContentThatWasPut() throws IOException {
        BlobStore store = store();
        Random random = new Random(1);
        Map<BlobId, byte[]> contents = new HashMap<>();
        try (BlobEncoder encoder = new BlobEncoder();
                BlobIntake intake = store.intake()) {
            for (int size : new int[] {0, 1, 63, 64, 1000, 100_000, 131_072, 3_000_000}) {
                for (int alphabet : new int[] {2, 256}) {
                    byte[] raw = random.ints(size, 0, alphabet)
                            .collect(() -> new ByteArrayOutputStream(), ByteArrayOutputStream::write, (a, b) -> {})
                            .toByteArray();
                    EncodedBlob blob = encoder.encode(raw, 0, raw.length);
                    intake.put(blob.name(), blob.length(), stored(blob));
                    contents.put(blob.id(), raw);
                }
            }
            intake.commit();
        }
        assertThat(ids(store))
                .containsExactlyElementsOf(contents.keySet().stream().sorted().toList());
        for (Map.Entry<BlobId, byte[]> content : contents.entrySet()) {
            try (InputStream raw = store.open(content.getKey())) {
                assertThat(raw.readAllBytes()).isEqualTo(content.getValue());
            }
        }
    }

    @Test
    void nothingIsInTheStoreBeforeTheCommit() throws IOException {
        BlobStore store = store();
        BlobName name = name(TEXT, false);
        try (BlobIntake intake = store.intake()) {
            assertThat(put(intake, name, TEXT)).isTrue();
            assertThat(store.contains(name.id())).isFalse();
        }
        assertThat(ids(store)).isEmpty();
        BlobIntake killed = store.intake();
        put(killed, name, TEXT);
        try (BlobIntake next = store.intake()) {
            next.commit();
        }
        assertThat(ids(store))
                .as("what a killed process left is not taken for whole")
                .isEmpty();
    }

    @Test
    void aKnownContentIsCheckedAndNotWrittenAgain() throws IOException {
        BlobStore store = store();
        BlobName name = name(TEXT, false);
        try (BlobIntake intake = store.intake()) {
            assertThat(put(intake, name, TEXT)).isTrue();
            assertThat(put(intake, new BlobName(name.id(), true), Zstd.compress(TEXT)))
                    .isFalse();
            intake.commit();
            assertThat(put(intake, name, TEXT)).isFalse();
            assertThatThrownBy(() -> put(intake, name, new byte[] {1})).isExactlyInstanceOf(DamagedBlobException.class);
            intake.commit();
        }
        assertThat(store.find(name.id())).hasValue(new StoredBlob(name.id(), store.path(name), false));
        assertThat(ids(store)).containsExactly(name.id());
    }

    @Test
    void aContentUnderAWrongNameNeverEnters() throws IOException {
        BlobStore store = store();
        BlobName name = name(TEXT, true);
        byte[] frame = Zstd.compress(TEXT);
        assertDamaged(store, name(new byte[] {1}, false), TEXT, "its bytes have the SHA-256");
        assertDamaged(store, name, TEXT, "no zstd frame");
        assertDamaged(store, name, Arrays.copyOf(frame, frame.length - 1), "ends too early");
        assertDamaged(store, name, Arrays.copyOf(frame, frame.length + 1), "bytes follow");
        assertDamaged(store, name, new byte[0], "no zstd frame");
        assertThat(ids(store)).isEmpty();
    }

    @Test
    void noFlippedByteEntersUnseen() throws IOException {
        BlobStore store = store();
        Random random = new Random(2);
        byte[] frame = Zstd.compress(TEXT);
        BlobName name = name(TEXT, true);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            byte[] bad = frame.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            if (catchThrowable(() -> enter(store, name, bad)) instanceof DamagedBlobException) {
                refused++;
            } else {
                store.remove(name.id());
            }
        }
        assertThat(refused)
                .as("flips that change no content are possible but rare")
                .isGreaterThan(490);
    }

    @Test
    void refusesBombsAndHugeWindowsAndUndeclaredSizes() throws IOException {
        BlobStore store = store();
        byte[] zeros = new byte[100 << 20];
        BlobName name = name(zeros, true);
        byte[] bomb = Zstd.compress(zeros, 1);
        assertDamaged(store, name, bomb, bomb.length + " bytes claim to become 104857600");
        byte[] lying = bomb.clone();
        Arrays.fill(lying, 5, 9, (byte) 0);
        lying[8] = 1;
        assertDamaged(store, name, lying, "blob " + name.id());

        try (ZstdCompressCtx context = new ZstdCompressCtx().setWindowLog(24)) {
            byte[] wide = Arrays.copyOf(zeros, 20 << 20);
            assertDamaged(store, name(wide, true), context.compress(wide), "window of 16777216 bytes");
        }
        ByteArrayOutputStream undeclared = new ByteArrayOutputStream();
        try (ZstdOutputStreamNoFinalizer out = new ZstdOutputStreamNoFinalizer(undeclared)) {
            out.write(TEXT);
            out.flush();
        }
        assertDamaged(store, name(TEXT, true), undeclared.toByteArray(), "does not declare its size");
    }

    @Test
    void aDamagedFileIsFoundAtTheEndOfItsStream() throws IOException {
        BlobStore store = store();
        BlobName raw = name(TEXT, false);
        byte[] other = "other".repeat(1000).getBytes(StandardCharsets.UTF_8);
        BlobName compressed = name(other, true);
        try (BlobIntake intake = store.intake()) {
            put(intake, raw, TEXT);
            put(intake, compressed, Zstd.compress(other));
            intake.commit();
        }
        for (BlobName name : List.of(raw, compressed)) {
            byte[] bytes = Files.readAllBytes(store.path(name));
            bytes[bytes.length - 1] ^= 1;
            Files.write(store.path(name), bytes);
            assertThatThrownBy(() -> read(store, name.id()))
                    .isInstanceOfSatisfying(
                            DamagedBlobException.class,
                            e -> assertThat(e.blob()).isEqualTo(name.id()));
            Files.write(store.path(name), new byte[0]);
            assertThatThrownBy(() -> read(store, name.id())).isInstanceOf(DamagedBlobException.class);
            store.remove(name.id());
            assertThatThrownBy(() -> read(store, name.id()))
                    .isInstanceOf(DamagedBlobException.class)
                    .hasMessageContaining("is not in the store");
        }
    }

    @Test
    void theIdentityStaysUntilTheStoreIsLost() throws IOException {
        BlobStore store = store();
        String identity = store.identity();
        assertThat(store().identity()).isEqualTo(identity);
        DurableFiles.deleteTree(store.root());
        assertThat(store().identity()).isNotEqualTo(identity);
    }

    @Test
    void manySmallContentsEnterTogether() throws IOException {
        BlobStore store = store();
        List<BlobId> ids = new ArrayList<>();
        try (BlobIntake intake = store.intake()) {
            for (int i = 0; i < 2000; i++) {
                byte[] raw = ("content " + i).getBytes(StandardCharsets.UTF_8);
                put(intake, name(raw, false), raw);
                ids.add(name(raw, false).id());
            }
            intake.commit();
        }
        assertThat(ids(store)).containsExactlyElementsOf(ids.stream().sorted().toList());
    }

    private BlobStore store() {
        return new BlobStore(folder.resolve("archive/source/blobs"));
    }

    private static List<BlobId> ids(BlobStore store) {
        try (Stream<BlobId> all = store.all()) {
            return all.toList();
        }
    }

    private static BlobName name(byte[] raw, boolean compressed) {
        try (BlobEncoder encoder = new BlobEncoder()) {
            return new BlobName(encoder.idOf(raw, 0, raw.length), compressed);
        }
    }

    private static boolean put(BlobIntake intake, BlobName name, byte[] stored) throws IOException {
        return intake.put(name, stored.length, new ByteArrayInputStream(stored));
    }

    private static void enter(BlobStore store, BlobName name, byte[] stored) throws IOException {
        try (BlobIntake intake = store.intake()) {
            put(intake, name, stored);
            intake.commit();
        }
    }

    private static InputStream stored(EncodedBlob blob) {
        return new ByteArrayInputStream(blob.buffer(), blob.offset(), blob.length());
    }

    private static byte[] read(BlobStore store, BlobId id) throws IOException {
        try (InputStream raw = store.open(id)) {
            return raw.readAllBytes();
        }
    }

    private static void assertDamaged(BlobStore store, BlobName name, byte[] stored, String reason) {
        assertThatThrownBy(() -> enter(store, name, stored))
                .isExactlyInstanceOf(DamagedBlobException.class)
                .hasMessageContaining(reason);
    }
}
