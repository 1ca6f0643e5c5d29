package io.tidemark.receiver.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.ManifestJson;
import io.tidemark.failure.TidemarkException;
import io.tidemark.position.Lsn;
import io.tidemark.position.Position;
import io.tidemark.position.SourceIdentity;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.archive.BundleUse;
import io.tidemark.receiver.inbox.MemoryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestorePlanTest {
    private static final Instant MADE = Instant.parse("2025-01-31T03:30:00Z");

    private static final List<Manifest.Entry> ENTRIES = Stream.of(
                    EntryName.RESTORE_SQL, EntryName.PRE_DATA, EntryName.POST_DATA, EntryName.PARTS, EntryName.MEDIA)
            .map(name -> new Manifest.Entry(name, 0, ManifestJson.sha256(new byte[0])))
            .toList();

    @TempDir(factory = MemoryFolder.class)
    Path root;

    private int timeline = 1;

    private Archive archive() {
        return new Archive(root);
    }

    @Test
    void aPartialIsReachedFromTheNewestCompleteBeforeIt() throws IOException {
        complete(1, 100);
        partial(2, 90, 200);
        complete(3, 250);
        BundleId fourth = partial(4, 200, 300);
        BundleId fifth = partial(5, 300, 310);
        complete(6, 305);
        partial(7, 310, 400);

        RestorePlan plan = RestorePlan.of(archive(), fifth);

        assertThat(plan.complete()).as("the newest, cut within the partial").isEqualTo(id(6, BundleKind.COMPLETE));
        assertThat(plan.partials()).containsExactly(fifth);
        assertThat(RestorePlan.of(archive(), fourth).all()).containsExactly(id(3, BundleKind.COMPLETE), fourth);
        assertThat(RestorePlan.of(archive(), id(2, BundleKind.PARTIAL)).all())
                .containsExactly(id(1, BundleKind.COMPLETE), id(2, BundleKind.PARTIAL));
        assertThat(RestorePlan.of(archive(), id(3, BundleKind.COMPLETE)).partials())
                .isEmpty();
    }

    @Test
    void whatIsCoveredByALongerPartialIsPassedOver() throws IOException {
        complete(1, 100);
        partial(2, 100, 150);
        partial(3, 100, 200);
        partial(4, 150, 180);
        BundleId last = partial(5, 200, 250);

        assertThat(RestorePlan.of(archive(), last).partials()).containsExactly(id(3, BundleKind.PARTIAL), last);
    }

    @Test
    void anothersBundlesAndDamagedOnesThatAreNotNeededHinderNobody() throws IOException {
        timeline = 2;
        complete(1, 120);
        partial(2, 100, 200);
        timeline = 1;
        complete(3, 100);
        BundleId wanted = partial(4, 100, 200);
        BundleId damaged = partial(5, 200, 300);
        Files.writeString(archive().path(damaged).resolve(EntryName.MANIFEST), "{");

        assertThat(RestorePlan.of(archive(), wanted).all()).containsExactly(id(3, BundleKind.COMPLETE), wanted);
    }

    @Test
    void aGapNamesWhereItBeginsAndWhatCannotBeRead() throws IOException {
        complete(1, 100);
        BundleId damaged = partial(2, 100, 200);
        BundleId wanted = partial(3, 200, 300);
        Files.writeString(archive().path(damaged).resolve(EntryName.MANIFEST), "{");

        assertThatThrownBy(() -> RestorePlan.of(archive(), wanted))
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining("begins at " + new Lsn(100))
                .hasMessageContaining(damaged + " cannot be read");
    }

    @Test
    void withoutACompleteBeforeItNothingLeadsToAPartial() throws IOException {
        BundleId wanted = partial(1, 100, 200);
        complete(2, 300);

        assertThatThrownBy(() -> RestorePlan.of(archive(), wanted))
                .isInstanceOf(TidemarkException.class)
                .hasMessageContaining("no complete");
    }

    /** A day of a partial each second has 86 400. */
    @Test
    void aLongChainIsReadOnce() throws IOException {
        complete(1, 0);
        long partials = 2_000;
        for (long i = 0; i < partials; i++) {
            partial(2 + i, i, i + 1);
        }

        assertThat(RestorePlan.of(archive(), id(1 + partials, BundleKind.PARTIAL))
                        .partials())
                .extracting(BundleId::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(2, 1 + partials).boxed().toList());
    }

    @Test
    void aSourceThatIsReadKeepsAllOfItsBundles() throws IOException {
        BundleId first = complete(1, 100);
        BundleId second = partial(2, 100, 200);

        try (BundleUse all = BundleUse.readingAll(archive(), "shop")) {
            assertThat(all).hasToString(root.resolve("shop/.in-use").toString());
            for (BundleId each : List.of(first, second)) {
                assertThat(BundleUse.isRead(archive(), each)).isTrue();
                assertThat(BundleUse.removing(archive(), each)).isEmpty();
            }
        }

        assertThat(BundleUse.isRead(archive(), second)).isFalse();
        try (BundleUse removing = BundleUse.removing(archive(), second).orElseThrow()) {
            assertThat(removing).isNotNull();
            assertThat(BundleUse.removing(archive(), first))
                    .as("by anybody else")
                    .isEmpty();
        }
        assertThat(archive().bundles()).containsExactly(first, second);
    }

    private BundleId complete(long sequence, long at) throws IOException {
        return write(sequence, BundleKind.COMPLETE, at, null);
    }

    private BundleId partial(long sequence, long from, long to) throws IOException {
        return write(
                sequence, BundleKind.PARTIAL, to, new Manifest.Partial(new Lsn(from), Manifest.Mode.LOG, List.of()));
    }

    private static BundleId id(long sequence, BundleKind kind) {
        return new BundleId("shop", sequence, kind, MADE);
    }

    private BundleId write(long sequence, BundleKind kind, long to, Manifest.@Nullable Partial partial)
            throws IOException {
        BundleId id = id(sequence, kind);
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                "test",
                id.source(),
                sequence,
                kind,
                "scheduled",
                MADE,
                new SourceIdentity("7312345678901234567", 16384, timeline),
                new Position(Position.Kind.CONSISTENT_POINT, new Lsn(to), partial == null ? "740:745:" : ""),
                null,
                partial,
                new Manifest.Server(150008, "UTF8"),
                List.of(),
                List.of(),
                new Manifest.Parts(0, 0, 0),
                Manifest.Media.none(),
                List.of(),
                partial == null ? ENTRIES : List.of(),
                List.of());
        byte[] json = ManifestJson.write(manifest);
        Path folder = Files.createDirectories(archive().path(id));
        Files.write(folder.resolve(EntryName.MANIFEST), json);
        Files.write(folder.resolve(EntryName.MANIFEST_SHA256), ManifestJson.checksumFile(json));
        return id;
    }
}
