package io.tidemark.receiver.inbox;

import io.tidemark.blob.BlobIntake;
import io.tidemark.blob.BlobName;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.EntryHandler;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Limits;
import io.tidemark.bundle.VolumeName;
import io.tidemark.bundle.VolumeReader;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.DamagedException;
import io.tidemark.file.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Takes volumes from the inbox, one at a time: contents into the store of their source, the last volume's entries into {@link Incoming}. A
 * volume is read once and checked while it is read; of a damaged one nothing is kept but itself, in quarantine. Killed at any moment, it
 * does the same volume again. One process at a time.
 */
public final class VolumeImporter {
    private final Inbox inbox;
    private final Incoming incoming;
    private final BlobStores stores;
    private final Quarantine quarantine;
    private final Predicate<BundleId> accepted;
    private final Clock clock;
    private final CrashPoints crashPoints;

    /** @param accepted whether this receiver takes such a bundle at all, judged by its name */
    public VolumeImporter(
            Inbox inbox,
            Incoming incoming,
            BlobStores stores,
            Quarantine quarantine,
            Predicate<BundleId> accepted,
            Clock clock,
            CrashPoints crashPoints) {
        this.inbox = inbox;
        this.incoming = incoming;
        this.stores = stores;
        this.quarantine = quarantine;
        this.accepted = accepted;
        this.clock = clock;
        this.crashPoints = crashPoints;
    }

    /**
     * Takes one volume in.
     *
     * @throws IOException where a folder cannot be read or written: the volume stays in the inbox and can be taken in later
     */
    public Imported take(VolumeName volume) throws IOException {
        Path file = inbox.path(volume);
        long size = Files.size(file);
        if (!accepted.test(volume.bundle())) {
            return refuse(volume, size, "bundles of source " + volume.bundle().source() + " are not accepted here");
        }
        try {
            Imported imported = volume.isLast() ? takeLast(volume, file) : takeContents(volume, file);
            Files.delete(file);
            crashPoints.pass(ImportStep.IMPORT_TAKEN);
            return imported;
        } catch (DamagedException damaged) {
            return refuse(volume, size, damaged.reason());
        }
    }

    /** Moves everything to quarantine that ends like a volume and is none; tells their names there. */
    public List<String> refuseStrangers() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path stranger : inbox.strangers()) {
            names.add(quarantine.add(stranger, "not a plain file with the name of a volume"));
        }
        return names;
    }

    private Imported refuse(VolumeName volume, long size, String reason) throws IOException {
        quarantine.add(inbox.path(volume), reason);
        return Imported.refused(volume, size, reason);
    }

    private Imported takeContents(VolumeName volume, Path file) throws IOException {
        try (BlobIntake intake = stores.of(volume.bundle().source()).intake()) {
            Counter counter = new Counter();
            VolumeReader.Read read = read(file, (name, size, content) -> {
                BlobName blob = EntryName.blob(name)
                        .orElseThrow(() -> new DamagedException("entry " + name + " belongs into the last volume"));
                counter.count(intake.put(blob, size, content));
            });
            intake.await();
            crashPoints.pass(ImportStep.IMPORT_CHECKED);
            intake.commit();
            crashPoints.pass(ImportStep.IMPORT_STORED);
            note(volume, read);
            return new Imported(volume, read.size(), counter.all, counter.added, "");
        }
    }

    private Imported takeLast(VolumeName volume, Path file) throws IOException {
        Path target = incoming.folder(volume.bundle());
        Path part = DurableFiles.partOf(target);
        DurableFiles.deleteTree(part);
        DurableFiles.createFolders(part);
        try {
            Unpacker unpacker = new Unpacker(part);
            VolumeReader.Read read = read(file, unpacker);
            unpacker.finish(volume.bundle());
            crashPoints.pass(ImportStep.IMPORT_UNPACKED);
            if (incoming.hasCome(volume.bundle())) {
                mustEqual(part, target);
            } else {
                note(volume, read);
                DurableFiles.rename(part, target);
            }
            crashPoints.pass(ImportStep.IMPORT_COMPLETED);
            return new Imported(volume, read.size(), 0, 0, "");
        } finally {
            DurableFiles.deleteTree(part);
        }
    }

    private static VolumeReader.Read read(Path file, EntryHandler handler) throws IOException {
        try (InputStream volume = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return VolumeReader.read(volume, Limits.standard(), handler);
        }
    }

    private void note(VolumeName volume, VolumeReader.Read read) throws IOException {
        incoming.note(volume, new VolumeNote(volume.fileName(), read.size(), read.sha256(), clock.instant()));
        crashPoints.pass(ImportStep.IMPORT_NOTED);
    }

    private static void mustEqual(Path again, Path before) throws IOException {
        byte[] manifest = Files.readAllBytes(again.resolve(EntryName.MANIFEST));
        if (!Arrays.equals(manifest, Files.readAllBytes(before.resolve(EntryName.MANIFEST)))) {
            throw new DamagedException("another last volume of the same bundle came before, with another manifest");
        }
    }

    /** Contents of one volume. */
    private static final class Counter {
        private long all;
        private long added;

        void count(boolean isNew) {
            all++;
            added += isNew ? 1 : 0;
        }
    }
}
