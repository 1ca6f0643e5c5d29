package io.tidemark.sender.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.alarm.Alarms;
import io.tidemark.blob.BlobEncoder;
import io.tidemark.blob.BlobId;
import io.tidemark.blob.EncodedBlob;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Limits;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.VolumeName;
import io.tidemark.bundle.VolumeReader;
import io.tidemark.crash.CrashPoints;
import io.tidemark.position.Lsn;
import io.tidemark.position.Position;
import io.tidemark.position.SourceIdentity;
import io.tidemark.sender.outbox.BlobLedger;
import io.tidemark.sender.outbox.LastVolume;
import io.tidemark.sender.outbox.OutboxStep;
import io.tidemark.sender.outbox.VolumePacker;
import io.tidemark.sender.route.link.Remote;
import io.tidemark.sender.state.Sealed;
import io.tidemark.transfer.RemoteLocation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that is halted at each step of packing and pushing, and then one that goes on (faults 2, 3, 4, 6). */
class KilledPushTest {
    private static final int CONTENTS = 6;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void theNextCompleteArrivesWhole(OutboxStep step) throws Exception {
        Files.createDirectories(folder.resolve("inbox"));
        assertThat(runUntil(CrashPoints.word(step) + ":2"))
                .as("end of the process that is halted when it passes %s again", step)
                .isEqualTo(CrashPoints.EXIT_CODE);
        whole(folder.resolve("work/outbox"));
        whole(folder.resolve("inbox"));

        CompleteResult result = Sender.run(folder, CrashPoints.none());

        assertThat(result.delivered()).isTrue();
        assertThat(folder.resolve("work/outbox")).isEmptyDirectory();
        assertThat(whole(folder.resolve("inbox")))
                .as("contents that have arrived")
                .hasSize(CONTENTS);
        assertThat(folder.resolve("inbox/" + VolumeName.last(result.bundle()).fileName()))
                .exists();
        assertThat(folder.resolve("inbox").toFile().list()).noneMatch(name -> name.endsWith(".part"));
    }

    /** Reads every file that has a final name; gives the contents that they hold. */
    private static Set<BlobId> whole(Path volumes) throws IOException {
        Set<BlobId> contents = new HashSet<>();
        if (!Files.exists(volumes)) {
            return contents;
        }
        try (Stream<Path> files = Files.list(volumes)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (VolumeName.parse(file.getFileName().toString()).isPresent()) {
                    try (InputStream in = Files.newInputStream(file)) {
                        VolumeReader.read(
                                in,
                                Limits.standard(),
                                (name, size, content) ->
                                        EntryName.blob(name).ifPresent(blob -> contents.add(blob.id())));
                    }
                }
            }
        }
        return contents;
    }

    private int runUntil(String step) throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        Sender.class.getName(),
                        folder.toString(),
                        step)
                .inheritIO()
                .start();
        return process.waitFor();
    }

    /** The process that is halted: packs the same contents into three volumes each time, as far as they are not known to be remote. */
    static final class Sender {
        private Sender() {}

        public static void main(String[] args) throws IOException {
            run(Path.of(args[0]), CrashPoints.of(args[1]));
        }

        static CompleteResult run(Path folder, CrashPoints crashPoints) throws IOException {
            Files.createDirectories(folder.resolve("work"));
            try (Workshop workshop = new Workshop(folder.resolve("work"));
                    SenderNode node = new SenderNode(parts(workshop, folder, crashPoints), Workshop.BRISK)) {
                return node.complete((label, receiptsRead) -> capture(workshop, crashPoints), "manual");
            }
        }

        private static NodeParts parts(Workshop workshop, Path folder, CrashPoints crashPoints) {
            RemoteLocation inbox = RemoteLocation.parse("file:" + folder.resolve("inbox"));
            NodeParts calm = workshop.parts(Remote.file(inbox, Optional.empty()));
            return new NodeParts(
                    calm.source(),
                    calm.workFolder(),
                    calm.remote(),
                    calm.outbox(),
                    calm.state(),
                    calm.clock(),
                    calm.progress(),
                    crashPoints,
                    Alarms.none());
        }

        private static BundleId capture(Workshop workshop, CrashPoints crashPoints) {
            BundleId bundle =
                    workshop.state.begin(Workshop.SOURCE, BundleKind.COMPLETE, Instant.EPOCH.plusSeconds(9), "test");
            BlobLedger ledger = new BlobLedger() {
                @Override
                public boolean claim(BlobId blob) {
                    return workshop.state.claim(blob, bundle.sequence());
                }

                @Override
                public void noteVolume(VolumeName volume, List<BlobId> contents) {
                    workshop.state.noteVolume(volume, contents);
                }
            };
            List<Manifest.Volume> volumes;
            try (VolumePacker packer = new VolumePacker(
                            bundle, workshop.outbox, 8_000, Duration.ofSeconds(5), ledger, crashPoints);
                    BlobEncoder encoder = new BlobEncoder()) {
                Random random = new Random(3);
                for (int i = 0; i < CONTENTS; i++) {
                    byte[] content = new byte[3_000];
                    random.nextBytes(content);
                    EncodedBlob blob = encoder.encode(content, 0, content.length);
                    packer.offer(blob);
                }
                volumes = packer.finishBlobs();
            }
            LastVolume last = new LastVolume(bundle, workshop.outbox, crashPoints)
                    .add(EntryName.RESTORE_SQL, new byte[] {'-', '-', '\n'});
            LastVolume.Written written = last.write(manifest(bundle, volumes));
            last.commit();
            workshop.state.seal(
                    bundle, new Sealed(written.sha256(), Optional.empty(), written.bytes(), 0, Duration.ZERO));
            return bundle;
        }

        private static Manifest manifest(BundleId bundle, List<Manifest.Volume> volumes) {
            return new Manifest(
                    Manifest.FORMAT,
                    "test",
                    bundle.source(),
                    bundle.sequence(),
                    bundle.kind(),
                    "test",
                    bundle.created(),
                    new SourceIdentity("1", 1, 1),
                    new Position(Position.Kind.SNAPSHOT, new Lsn(1), "1:1:"),
                    null,
                    null,
                    new Manifest.Server(150000, "UTF8"),
                    List.of(),
                    List.of(),
                    new Manifest.Parts(0, 0, 0),
                    new Manifest.Media(false, 0, 0),
                    volumes,
                    List.of(),
                    List.of());
        }
    }
}
