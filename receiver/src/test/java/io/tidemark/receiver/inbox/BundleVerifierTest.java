package io.tidemark.receiver.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.blob.BlobId;
import io.tidemark.blob.BlobStore;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.PartRecord;
import io.tidemark.position.Lsn;
import io.tidemark.receipt.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleVerifierTest {
    @TempDir(factory = MemoryFolder.class)
    Path root;

    private Receiver receiver;
    private final SampleBundle bundle = new SampleBundle(1, 31);

    @BeforeEach
    void open() throws IOException {
        receiver = new Receiver(root);
    }

    @Test
    void contentsThatTheStoreLacksAreNamedOnce() throws IOException {
        take();
        BlobStore store = receiver.stores.of("shop");
        BlobId part = bundle.parts.get(2).blob();
        BlobId twice = bundle.media.get(0).blob();
        store.remove(part);
        store.remove(twice);
        assertThat(receiver.verifyOnly()).isEqualTo(new Verification.MissingBlobs(List.of(part, twice), false));
    }

    @Test
    void aLaterBundleBringsWhatWasMissing() throws IOException {
        byte[] unsent = {1, 2, 3};
        bundle.media.add(new MediaRecord("zzz", bundle.content(unsent), 3, 0));
        bundle.contents.remove(bundle.media.get(bundle.media.size() - 1).blob());
        take();
        assertThat(receiver.verifyOnly()).isInstanceOf(Verification.MissingBlobs.class);
        SampleBundle later = new SampleBundle(2, 31);
        later.content(unsent);
        later.write(receiver.inboxFolder);
        receiver.takeAll();
        for (ReceivedBundle waiting : receiver.incoming.waiting()) {
            assertThat(receiver.verifier.verify(waiting)).isInstanceOf(VerifiedBundle.class);
        }
    }

    @Test
    void theListOfMissingContentsIsCapped() throws IOException {
        List<BlobId> unsent = new ArrayList<>();
        for (int i = 0; i <= Receipt.MAX_MISSING; i++) {
            byte[] raw = {(byte) i, (byte) (i >> 8), 9};
            unsent.add(bundle.content(raw));
            bundle.media.add(new MediaRecord("zzz/" + String.format("%06d", i), unsent.get(i), 3, 0));
        }
        bundle.contents.keySet().removeAll(unsent);
        take();
        assertThat(receiver.verifyOnly())
                .isEqualTo(new Verification.MissingBlobs(unsent.subList(0, Receipt.MAX_MISSING), true));
    }

    @Test
    void partsHaveToAddUpToTheirTables() throws IOException {
        PartRecord first = bundle.parts.get(0);
        List<PartRecord> good = List.copyOf(bundle.parts);
        assertRefused("table public.table 0 has 200 rows", manifest -> {
            // Another table has the row that this one lacks: the totals agree.
            List<Manifest.Table> tables = new ArrayList<>(manifest.tables());
            tables.set(0, withRows(tables.get(0), -1));
            tables.set(1, withRows(tables.get(1), 1));
            return withTables(manifest, tables);
        });
        bundle.parts.add(new PartRecord(0, 9, first.blob(), 0, 0));
        assertRefused("line 9: table public.table 0 begins a second time");
        reset(good);
        Collections.swap(bundle.parts, 1, 2);
        assertRefused("part 1 of table public.table 0 follows after part 2");
        reset(good);
        bundle.parts.set(0, new PartRecord(7, 0, first.blob(), first.rows(), first.bytes()));
        assertRefused("line 1: a table that the manifest does not list");
        reset(good);
        assertRefused("8 lines, the manifest says 9", manifest -> withParts(manifest, 9));
        bundle.parts.removeIf(part -> part.table() == 1);
        assertRefused("table public.table 1 is missing", manifest -> {
            List<Manifest.Table> tables = new ArrayList<>(manifest.tables());
            tables.set(1, withRows(tables.get(1), 1));
            Manifest.Parts parts = manifest.parts();
            Manifest.Parts more = new Manifest.Parts(parts.count(), parts.rows() + 1, parts.bytes());
            return with(manifest, tables, more, manifest.media());
        });
    }

    @Test
    void aTableMayBeginAnywhereAndAPartMayHaveSeveralLines() throws IOException {
        List<PartRecord> second =
                bundle.parts.stream().filter(part -> part.table() == 1).toList();
        bundle.parts.removeAll(second);
        bundle.parts.addAll(0, second);
        PartRecord last = bundle.parts.get(bundle.parts.size() - 1);
        bundle.parts.add(last);
        take();
        assertThat(receiver.verifyOnly()).isInstanceOf(VerifiedBundle.class);
    }

    @Test
    void mediaHaveToBeInOrderAndEachOnce() throws IOException {
        List<MediaRecord> good = List.copyOf(bundle.media);
        Collections.swap(bundle.media, 0, 1);
        assertRefused("media.jsonl.zst, line 2: a path that stands there twice or is out of order");
        resetMedia(good);
        bundle.media.add(good.get(good.size() - 1));
        assertRefused("twice or is out of order");
        resetMedia(good);
        BlobId blob = good.get(0).blob();
        bundle.media.add(new MediaRecord("zz/copy.jpg!", blob, 0, 0));
        bundle.media.add(new MediaRecord("zz/copy.jpg/below", blob, 0, 0));
        assertRefused("line 8: a file below another file");
        resetMedia(good);
        assertRefused("6 files of", manifest -> withMedia(manifest, 5, 0));
        assertRefused("6 files of", manifest -> withMedia(manifest, 6, 1));
    }

    @Test
    void aPartialHoldsItsChangeFilesAndNothingElse() throws IOException {
        SampleBundle partial = new SampleBundle(new BundleId("shop", 1, BundleKind.PARTIAL, bundle.id.created()), 31);
        partial.bend = manifest -> new Manifest(
                manifest.format(),
                manifest.tool(),
                manifest.source(),
                manifest.sequence(),
                manifest.kind(),
                manifest.label(),
                manifest.created(),
                manifest.identity(),
                manifest.position(),
                null,
                new Manifest.Partial(Lsn.parse("16/0"), Manifest.Mode.LOG, List.of()),
                manifest.server(),
                List.of(),
                List.of(),
                new Manifest.Parts(0, 0, 0),
                Manifest.Media.ofPartial(1, 0, 0),
                manifest.volumes(),
                manifest.entries(),
                List.of());
        partial.write(receiver.inboxFolder);
        receiver.takeAll();
        assertThat(receiver.verifyOnly())
                .isEqualTo(new Verification.Refused("entry restore.sql does not belong into a partial"));
    }

    @Test
    void whatChangedOnDiskMeanwhileIsSeen() throws IOException {
        for (String entry :
                List.of(EntryName.PRE_DATA, EntryName.PARTS, EntryName.MANIFEST, EntryName.MANIFEST_SHA256)) {
            take();
            Path file = receiver.incoming.waiting().get(0).folder().resolve(entry);
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
            assertThat(receiver.verifyOnly()).as(entry).isInstanceOf(Verification.Refused.class);
            Files.delete(file);
            assertThat(receiver.verifyOnly())
                    .as(entry)
                    .isInstanceOfSatisfying(
                            Verification.Refused.class,
                            refused ->
                                    assertThat(refused.reason()).contains(entry).contains("is missing"));
            receiver.incoming.forget(bundle.id);
        }
    }

    private void assertRefused(String reason) throws IOException {
        assertRefused(reason, manifest -> manifest);
    }

    private void assertRefused(String reason, UnaryOperator<Manifest> bend) throws IOException {
        bundle.bend = bend;
        take();
        bundle.bend = manifest -> manifest;
        assertThat(receiver.verifyOnly())
                .isInstanceOfSatisfying(
                        Verification.Refused.class,
                        refused -> assertThat(refused.reason()).contains(reason));
        receiver.incoming.forget(bundle.id);
    }

    private void take() throws IOException {
        bundle.write(receiver.inboxFolder);
        assertThat(receiver.takeAll()).extracting(Imported::refusal).containsOnly("");
    }

    private void reset(List<PartRecord> parts) {
        bundle.parts.clear();
        bundle.parts.addAll(parts);
    }

    private void resetMedia(List<MediaRecord> media) {
        bundle.media.clear();
        bundle.media.addAll(media);
    }

    private static Manifest.Table withRows(Manifest.Table table, long more) {
        return new Manifest.Table(
                table.shape(),
                table.fingerprint(),
                table.format(),
                table.pagesPerPart(),
                table.rows() + more,
                table.bytes(),
                table.digest());
    }

    private static Manifest withTables(Manifest manifest, List<Manifest.Table> tables) {
        return with(manifest, tables, manifest.parts(), manifest.media());
    }

    private static Manifest withParts(Manifest manifest, long count) {
        Manifest.Parts parts = manifest.parts();
        return with(
                manifest, manifest.tables(), new Manifest.Parts(count, parts.rows(), parts.bytes()), manifest.media());
    }

    private static Manifest withMedia(Manifest manifest, long files, long moreBytes) {
        Manifest.Media media = new Manifest.Media(true, files, manifest.media().bytes() + moreBytes);
        return with(manifest, manifest.tables(), manifest.parts(), media);
    }

    private static Manifest with(
            Manifest from, List<Manifest.Table> tables, Manifest.Parts parts, Manifest.Media media) {
        return new Manifest(
                from.format(),
                from.tool(),
                from.source(),
                from.sequence(),
                from.kind(),
                from.label(),
                from.created(),
                from.identity(),
                from.position(),
                from.previous(),
                from.partial(),
                from.server(),
                tables,
                from.sequences(),
                parts,
                media,
                from.volumes(),
                from.entries(),
                from.leftOut());
    }
}
