package io.tidemark.receiver.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.PartRecord;
import io.tidemark.bundle.RecordReader;
import io.tidemark.bundle.VolumeName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeImporterTest {
    @TempDir(factory = MemoryFolder.class)
    Path root;

    private Receiver receiver;
    private final SampleBundle bundle = new SampleBundle(1, 11);

    @BeforeEach
    void open() throws IOException {
        receiver = new Receiver(root);
    }

    @Test
    void takesABundleInAndKnowsItWhole() throws IOException {
        List<VolumeName> names = bundle.write(receiver.inboxFolder);
        assertThat(names).hasSize(4);
        assertThat(receiver.takeAll())
                .noneMatch(Imported::refused)
                .extracting(Imported::volume)
                .isEqualTo(names);
        assertThat(receiver.inboxFolder).isEmptyDirectory();
        assertThat(receiver.incoming.arriving()).isEmpty();
        ReceivedBundle waiting = receiver.incoming.waiting().get(0);
        assertThat(waiting.volumes())
                .extracting(VolumeNote::name)
                .isEqualTo(names.stream().map(VolumeName::fileName).toList());
        assertThat(receiver.verifier.verify(waiting))
                .isInstanceOfSatisfying(VerifiedBundle.class, this::assertEqualsSample);
    }

    private void assertEqualsSample(VerifiedBundle verified) {
        try {
            assertThat(verified.id()).isEqualTo(bundle.id);
            List<PartRecord> parts = new ArrayList<>();
            try (RecordReader<PartRecord> reader = verified.parts()) {
                for (PartRecord next = reader.next(); next != null; next = reader.next()) {
                    parts.add(next);
                }
            }
            assertThat(parts).isEqualTo(bundle.parts);
            List<MediaRecord> media = new ArrayList<>();
            try (RecordReader<MediaRecord> reader = verified.media()) {
                for (MediaRecord next = reader.next(); next != null; next = reader.next()) {
                    media.add(next);
                }
            }
            assertThat(media).isEqualTo(bundle.media);
            for (Map.Entry<BlobId, byte[]> content : bundle.contents.entrySet()) {
                try (InputStream in = verified.blobs().open(content.getKey())) {
                    assertThat(in.readAllBytes()).isEqualTo(content.getValue());
                }
            }
            for (Map.Entry<String, byte[]> entry : bundle.entries().entrySet()) {
                assertThat(verified.folder().resolve(entry.getKey())).hasBinaryContent(entry.getValue());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() throws IOException {
        List<VolumeName> names = bundle.write(receiver.inboxFolder);
        Collections.reverse(names);
        for (VolumeName volume : names) {
            assertThat(receiver.importer.take(volume).refused()).isFalse();
            Verification verification = receiver.verifyOnly();
            if (volume.number() == 1) {
                assertThat(verification).isInstanceOf(VerifiedBundle.class);
            } else {
                List<String> missing = names.stream()
                        .filter(other -> !other.isLast() && (volume.isLast() || other.number() < volume.number()))
                        .map(VolumeName::fileName)
                        .sorted()
                        .toList();
                assertThat(verification).isEqualTo(new Verification.MissingVolumes(missing));
            }
        }
    }

    @Test
    void aVolumeThatComesTwiceChangesNothing() throws IOException {
        bundle.write(receiver.inboxFolder);
        receiver.takeAll();
        List<String> files = receiver.files();
        bundle.write(receiver.inboxFolder);
        assertThat(receiver.takeAll()).noneMatch(Imported::refused).allMatch(imported -> imported.newContents() == 0);
        assertThat(receiver.files()).isEqualTo(files);
        assertThat(receiver.verifyOnly()).isInstanceOf(VerifiedBundle.class);
    }

    @Test
    void swappedVolumesAreSeen() throws IOException {
        List<VolumeName> names = bundle.write(receiver.inboxFolder);
        Path first = receiver.inbox.path(names.get(0));
        Path second = receiver.inbox.path(names.get(1));
        Path aside = root.resolve("aside");
        Files.move(first, aside);
        Files.move(second, first);
        Files.move(aside, second);
        receiver.takeAll();
        assertThat(receiver.verifyOnly())
                .isEqualTo(new Verification.Refused(
                        "volume " + names.get(0).fileName() + " is not the one that the manifest lists"));
    }

    @Test
    void aVolumeOfAnotherBundleIsSeen() throws IOException {
        List<VolumeName> names = bundle.write(receiver.inboxFolder);
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        List<VolumeName> others = new SampleBundle(1, 12).write(elsewhere);
        Files.delete(receiver.inbox.path(names.get(1)));
        Files.copy(elsewhere.resolve(others.get(1).fileName()), receiver.inbox.path(names.get(1)));
        receiver.takeAll();
        assertThat(receiver.verifyOnly()).isInstanceOf(Verification.Refused.class);
    }

    @Test
    void aLastVolumeUnderAnotherNameIsRefused() throws IOException {
        bundle.write(receiver.inboxFolder);
        BundleId other = new BundleId("shop", 2, BundleKind.COMPLETE, bundle.id.created());
        Files.move(receiver.inbox.path(VolumeName.last(bundle.id)), receiver.inbox.path(VolumeName.last(other)));
        Imported last = receiver.takeAll().get(3);
        assertThat(last.refusal()).contains("is named after bundle " + other + " and holds bundle " + bundle.id);
        assertThat(receiver.incoming.waiting()).isEmpty();
        assertThat(receiver.incoming.arriving()).containsExactly(bundle.id);
    }

    @Test
    void twoManifestsUnderOneNameAreNeverMixed() throws IOException {
        bundle.write(receiver.inboxFolder);
        receiver.takeAll();
        SampleBundle other = new SampleBundle(1, 12);
        other.write(receiver.inboxFolder);
        assertThat(receiver.takeAll().get(3).refusal()).contains("with another manifest");
        assertThat(receiver.verifyOnly())
                .as("its volumes were replaced meanwhile")
                .isInstanceOf(Verification.Refused.class);
    }

    @Test
    void aForeignSourceIsRefused() throws IOException {
        new SampleBundle(new BundleId("foreign", 1, BundleKind.COMPLETE, Instant.EPOCH), 1).write(receiver.inboxFolder);
        assertThat(receiver.takeAll()).allMatch(Imported::refused);
        assertThat(receiver.quarantine.reason(receiver.quarantine.list().get(0)))
                .contains("source foreign");
        assertThat(root.resolve("work/archive")).doesNotExist();
    }

    @Test
    void whatIsNotAVolumeIsLeftAloneOrPutAway() throws Exception {
        Path outside = Files.writeString(root.resolve("outside"), "secret");
        Path in = receiver.inboxFolder;
        Files.writeString(in.resolve("shop-0000000001-complete-20250131T033000Z.tar.part"), "x");
        Files.writeString(in.resolve("notes.txt"), "x");
        Files.createDirectory(in.resolve("folder.tar"));
        Files.writeString(in.resolve("odd \u001b[31m.tar"), "x");
        Files.writeString(in.resolve(".tar"), "x");
        Files.createSymbolicLink(in.resolve("shop-0000000001-complete-20250131T033000Z.v0001.tar"), outside);
        String pipe = in.resolve("shop-0000000001-complete-20250131T033000Z.v0002.tar")
                .toString();
        assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();

        assertThat(receiver.inbox.volumes()).isEmpty();
        assertThat(receiver.importer.refuseStrangers()).hasSize(4);
        assertThat(receiver.importer.refuseStrangers()).isEmpty();
        assertThat(receiver.files())
                .containsExactly(
                        "inbox/notes.txt",
                        "inbox/shop-0000000001-complete-20250131T033000Z.tar.part",
                        "outside",
                        "work/quarantine/_tar",
                        "work/quarantine/_tar.reason.txt",
                        "work/quarantine/odd___31m.tar",
                        "work/quarantine/odd___31m.tar.reason.txt",
                        "work/quarantine/shop-0000000001-complete-20250131T033000Z.v0001.tar.reason.txt",
                        "work/quarantine/shop-0000000001-complete-20250131T033000Z.v0002.tar.reason.txt");
        assertThat(outside).hasContent("secret");
    }

    @Test
    void olderBundlesAreForgottenOnceALaterOneIsLoaded() throws IOException {
        List<VolumeName> stopped = bundle.write(receiver.inboxFolder);
        Files.delete(receiver.inbox.path(VolumeName.last(bundle.id)));
        SampleBundle later = new SampleBundle(2, 12);
        later.write(receiver.inboxFolder);
        SampleBundle other = new SampleBundle(new BundleId("other", 1, BundleKind.COMPLETE, Instant.EPOCH), 1);
        other.write(receiver.inboxFolder);
        receiver.takeAll();
        assertThat(receiver.incoming.arriving()).containsExactly(bundle.id);
        assertThat(receiver.incoming.volumes(bundle.id)).hasSize(stopped.size() - 1);
        assertThat(receiver.incoming.forgetBefore(new SampleBundle(2, 1).id)).containsExactly(bundle.id);
        assertThat(receiver.incoming.arriving()).isEmpty();
        assertThat(receiver.incoming.waiting()).extracting(ReceivedBundle::id).containsExactly(other.id, later.id);
        receiver.incoming.refuse(other.id, "no", receiver.quarantine);
        receiver.incoming.forget(later.id);
        assertThat(root.resolve("work/incoming")).isEmptyDirectory();
        assertThat(root.resolve("work/quarantine").resolve(other.id.name()).resolve(EntryName.MANIFEST))
                .exists();
    }

    @Test
    void anInboxThatCannotBeSeenIsNotAnEmptyOne() throws IOException {
        Files.delete(receiver.inboxFolder);
        Assertions.assertThatThrownBy(() -> receiver.inbox.volumes()).isInstanceOf(IOException.class);
    }
}
