package io.tidemark.receiver.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.blob.BlobId;
import io.tidemark.blob.BlobStore;
import io.tidemark.blob.StoredBlob;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.VolumeName;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.inbox.MemoryFolder;
import io.tidemark.receiver.inbox.Problems;
import io.tidemark.receiver.inbox.Receiver;
import io.tidemark.receiver.inbox.SampleBundle;
import io.tidemark.receiver.inbox.VerifiedBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {
    @TempDir(factory = MemoryFolder.class)
    Path root;

    private Receiver receiver;
    private Archive archive;
    private Path out;
    private final SampleBundle bundle = new SampleBundle(1, 51);

    @BeforeEach
    void file() throws IOException {
        receiver = new Receiver(root);
        archive = new Archive(receiver.stores.archive());
        out = Files.createDirectory(root.resolve("out"));
        archive(bundle);
    }

    @Test
    void aLoadedBundleMovesIntoTheArchive() throws IOException {
        assertThat(archive.bundles()).containsExactly(bundle.id);
        assertThat(receiver.incoming.waiting()).isEmpty();
        assertThat(archive.require(bundle.id).manifest().id()).isEqualTo(bundle.id);
        assertThat(receiver.verifier.verify(bundle.id, archive.require(bundle.id)))
                .isInstanceOf(VerifiedBundle.class);
        assertThatThrownBy(() -> archive.require(new SampleBundle(2, 1).id))
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining("not in the archive");
    }

    @Test
    void theSameBundleIsFiledOnceAndAnotherOneOfItsNameNever() throws IOException {
        archive(bundle);
        assertThat(archive.bundles()).containsExactly(bundle.id);
        assertThat(receiver.incoming.waiting()).isEmpty();
        SampleBundle other = new SampleBundle(1, 52);
        other.write(receiver.inboxFolder);
        receiver.takeAll();
        VerifiedBundle verified = (VerifiedBundle) receiver.verifyOnly();
        assertThatThrownBy(() -> archive.add(verified))
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining("another bundle of this name");
    }

    @Test
    void anExportIsOneTarThatGnuTarUnpacksWhole() throws Exception {
        Path tar = new Export(archive).export(bundle.id, out);
        assertThat(tar).isEqualTo(out.resolve(bundle.id.name() + ".tar"));
        Process gnuTar = new ProcessBuilder("tar", "-xf", tar.toString(), "-C", out.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(gnuTar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(gnuTar.waitFor()).as(output).isZero();
        BundleFolder unpacked = BundleFolder.open(out);
        unpacked.checkEntries(Problems.refuse());
        BlobStore blobs = new BlobStore(out.resolve("blobs"));
        assertThat(blobs.all())
                .containsExactlyElementsOf(
                        bundle.contents.keySet().stream().sorted().toList());
        for (BlobId blob : bundle.contents.keySet()) {
            blobs.open(blob).readAllBytes();
        }
        assertThat(VerifyTars.exported(tar).good()).isTrue();
    }

    @Test
    void distinctContentsComeInOrderHoweverTheyAreSliced() throws IOException {
        for (int slice : new int[] {1, 3, 1000}) {
            List<BlobId> blobs = new ArrayList<>();
            new DistinctBlobs(archive.require(bundle.id), Problems.refuse(), slice).forEach(blobs::add);
            assertThat(blobs)
                    .containsExactlyElementsOf(
                            bundle.contents.keySet().stream().sorted().toList());
        }
    }

    @Test
    void aDamagedArchiveIsNotExported() throws IOException {
        damage(bundle.parts.get(0).blob());
        assertThatThrownBy(() -> new Export(archive).export(bundle.id, out))
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining(
                        "cannot be exported: blob " + bundle.parts.get(0).blob());
        assertThat(out).isEmptyDirectory();
    }

    @Test
    void verifyReadsEverything() throws IOException {
        VerifyReport report = new Verify(archive).bundle(bundle.id);
        assertThat(report.problems()).isEmpty();
        assertThat(report.good()).isTrue();
        assertThat(report.bundle()).contains(bundle.id);
        assertThat(report.contents()).isEqualTo(bundle.contents.size());
        assertThat(report.mediaFiles()).isEqualTo(bundle.media.size());
        assertThat(report.tables()).isEqualTo(3);
        assertThat(report.rows()).isEqualTo(400);
        assertThat(report.bytes()).isPositive();
    }

    @Test
    void verifyTellsAllThatIsWrong() throws IOException {
        List<BlobId> blobs = List.copyOf(bundle.contents.keySet());
        damage(blobs.get(0));
        damage(blobs.get(9));
        archive.blobs("shop").remove(blobs.get(3));
        Path folder = archive.path(bundle.id);
        Files.delete(folder.resolve(EntryName.RESTORE_SQL));
        Files.writeString(folder.resolve(EntryName.PRE_DATA), "drop table a;");
        assertThat(new Verify(archive).bundle(bundle.id).problems())
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("restore.sql is missing"),
                        problem -> assertThat(problem).contains("ddl/pre-data.sql is not the one"),
                        problem -> assertThat(problem).contains("blob " + blobs.get(0)),
                        problem -> assertThat(problem).contains("blob " + blobs.get(9)),
                        problem -> assertThat(problem).contains("blob " + blobs.get(3) + ": is not in the store"));
        Files.delete(folder.resolve(EntryName.PARTS));
        assertThat(new Verify(archive).bundle(bundle.id).problems())
                .as("media are still looked at")
                .anyMatch(problem -> problem.contains("parts.jsonl.zst"))
                .anyMatch(problem -> problem.contains("blob " + blobs.get(9)));
        Files.delete(folder.resolve(EntryName.MANIFEST));
        assertThat(new Verify(archive).bundle(bundle.id).problems()).containsExactly("manifest.json is missing");
    }

    @Test
    void verifyReadsVolumesAsTheyWereSent() throws IOException {
        List<VolumeName> names = bundle.write(out);
        VerifyReport report = VerifyTars.volumes(out, bundle.id);
        assertThat(report.problems()).isEmpty();
        assertThat(report.contents()).isEqualTo(bundle.contents.size());
        assertThat(report.elsewhere()).isZero();

        BlobId known = bundle.media.get(0).blob();
        byte[] raw = Objects.requireNonNull(bundle.contents.remove(known));
        bundle.write(out);
        assertThat(VerifyTars.volumes(out, bundle.id))
                .satisfies(second ->
                        assertThat(second.good()).as("what was sent before").isTrue())
                .extracting(VerifyReport::elsewhere)
                .isEqualTo(1L);
        bundle.contents.put(known, raw);

        bundle.write(out);
        Path first = out.resolve(names.get(0).fileName());
        byte[] bytes = Files.readAllBytes(first);
        bytes[600] ^= 1;
        Files.write(first, bytes);
        Files.delete(out.resolve(names.get(2).fileName()));
        assertThat(VerifyTars.volumes(out, bundle.id).problems())
                .anyMatch(problem -> problem.startsWith("blob "))
                .anyMatch(problem -> problem.contains(names.get(0).fileName() + ": is not the volume"))
                .anyMatch(problem -> problem.contains(names.get(2).fileName() + ": is missing"));
    }

    @Test
    void verifySeesWhatAnExportLacks() throws IOException {
        Path tar = new Export(archive).export(bundle.id, out);
        byte[] bytes = Files.readAllBytes(tar);
        Files.write(tar, Arrays.copyOf(bytes, bytes.length - 1024));
        assertThat(VerifyTars.exported(tar).problems())
                .singleElement()
                .asString()
                .contains("the volume ends");
        bytes[bytes.length - 4096] ^= 1;
        Files.write(tar, bytes);
        assertThat(VerifyTars.exported(tar).good()).isFalse();
        bundle.write(out);
        assertThat(VerifyTars.exported(tar).problems())
                .as("a last volume without contents is no export")
                .hasSize(bundle.contents.size())
                .allMatch(problem -> problem.contains("is not in the tar"));
        assertThat(VerifyTars.exported(Files.writeString(out.resolve("x.tar"), "x"))
                        .problems())
                .containsExactly("x.tar is not named after a bundle");
    }

    private void archive(SampleBundle sample) throws IOException {
        sample.write(receiver.inboxFolder);
        receiver.takeAll();
        archive.add((VerifiedBundle) receiver.verifyOnly());
        receiver.incoming.forget(sample.id);
    }

    private void damage(BlobId blob) throws IOException {
        StoredBlob stored = archive.blobs("shop").find(blob).orElseThrow();
        byte[] bytes = Files.readAllBytes(stored.path());
        bytes[bytes.length / 2] ^= 1;
        Files.write(stored.path(), bytes);
    }
}
