package io.tidemark.receiver.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.progress.Progress;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.inbox.Receiver;
import io.tidemark.receiver.inbox.SampleBundle;
import io.tidemark.receiver.inbox.Verification;
import io.tidemark.receiver.inbox.VerifiedBundle;
import io.tidemark.receiver.media.MediaHistory;
import io.tidemark.receiver.settings.MediaPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaStageTest {
    @TempDir
    Path root;

    private Receiver receiver;
    private Archive archive;
    private Path media;

    @BeforeEach
    void open() throws IOException {
        receiver = new Receiver(root);
        archive = new Archive(root.resolve("work/archive"));
        media = root.resolve("media");
    }

    @Test
    void whatTheLastBundleWithMediaListedIsRemovedThoughOneWithoutCameBetween() throws IOException {
        SampleBundle first = new SampleBundle(1, 5);
        load(first);
        SampleBundle without = new SampleBundle(2, 5);
        without.media.clear();
        without.bend = manifest -> withMedia(manifest, new Manifest.Media(false, 0, 0));
        load(without);
        assertThat(media.resolve("a.jpg")).as("a file while no media are sent").exists();
        SampleBundle third = new SampleBundle(3, 5);
        MediaRecord gone = third.media.remove(1);
        load(third);
        assertThat(media.resolve(gone.path())).doesNotExist();
        assertThat(media.resolve("a.jpg")).exists();
    }

    @Test
    void aContentThatWasWrittenIntoIsAskedForAgain() throws IOException {
        load(new SampleBundle(1, 5));
        SampleBundle second = new SampleBundle(2, 5);
        Path picture = media.resolve("z/ü.jpg");
        Files.write(picture, new byte[(int) Files.size(picture)]);
        VerifiedBundle bundle = receive(second);
        assertThatThrownBy(() -> stage().place(bundle))
                .isInstanceOfSatisfying(
                        TidemarkException.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.HELD));
        assertThat(receiver.verifyOnly()).isInstanceOf(Verification.MissingBlobs.class);
    }

    @Test
    void withoutAMediaFolderNothingIsPlaced() throws IOException {
        VerifiedBundle bundle = receive(new SampleBundle(1, 5));
        MediaStage stage =
                new MediaStage(Optional.empty(), MediaPlace.LINK, history(), CrashPoints.none(), Progress.none());
        MediaStage.Placed placed = stage.place(bundle);
        stage.removeGone(bundle, placed);
        assertThat(placed.result().notes()).hasSize(1);
        assertThat(media).doesNotExist();
    }

    private void load(SampleBundle sample) throws IOException {
        VerifiedBundle bundle = receive(sample);
        MediaStage stage = stage();
        stage.removeGone(bundle, stage.place(bundle));
        archive.add(bundle);
        receiver.incoming.forget(bundle.id());
    }

    private VerifiedBundle receive(SampleBundle sample) throws IOException {
        sample.write(receiver.inboxFolder);
        receiver.takeAll();
        return (VerifiedBundle) receiver.verifyOnly();
    }

    private MediaHistory history() {
        return new MediaHistory(archive, root.resolve("scratch"));
    }

    private MediaStage stage() {
        return new MediaStage(Optional.of(media), MediaPlace.LINK, history(), CrashPoints.none(), Progress.none());
    }

    private static Manifest withMedia(Manifest manifest, Manifest.Media media) {
        return new Manifest(
                manifest.format(),
                manifest.tool(),
                manifest.source(),
                manifest.sequence(),
                manifest.kind(),
                manifest.label(),
                manifest.created(),
                manifest.identity(),
                manifest.position(),
                manifest.previous(),
                manifest.partial(),
                manifest.server(),
                manifest.tables(),
                manifest.sequences(),
                manifest.parts(),
                media,
                manifest.volumes(),
                manifest.entries(),
                manifest.leftOut());
    }
}
