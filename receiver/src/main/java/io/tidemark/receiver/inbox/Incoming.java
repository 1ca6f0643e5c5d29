package io.tidemark.receiver.inbox;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.VolumeName;
import io.tidemark.failure.DamagedException;
import io.tidemark.file.DurableFiles;
import io.tidemark.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Bundles between inbox and archive. {@code <bundle>.volumes/} notes which volumes came; {@code <bundle>/} appears with the last volume and
 * holds its entries. All of it survives a kill at any moment.
 */
public final class Incoming {
    private static final String VOLUMES = ".volumes";

    private final Path folder;

    public Incoming(Path folder) {
        this.folder = folder;
    }

    /** Bundles whose last volume has come, in order. Other volumes of theirs, and contents, may still be missing. */
    public List<ReceivedBundle> waiting() throws IOException {
        List<ReceivedBundle> waiting = new ArrayList<>();
        for (BundleId bundle : bundles(name -> true)) {
            if (hasCome(bundle)) {
                waiting.add(new ReceivedBundle(bundle, folder(bundle), volumes(bundle)));
            }
        }
        return waiting;
    }

    /** Bundles of which volumes came and the last one has not, in order. */
    public List<BundleId> arriving() throws IOException {
        return bundles(bundle -> !hasCome(bundle));
    }

    /** Which volumes of a bundle came, in order, the last one included. */
    public List<VolumeNote> volumes(BundleId bundle) throws IOException {
        List<VolumeNote> notes = new ArrayList<>();
        for (VolumeName volume : names(notes(bundle), VolumeName::parse)) {
            byte[] json = Files.readAllBytes(note(volume));
            try {
                notes.add(StrictJson.read(json, VolumeNote.class));
            } catch (DamagedException notOurs) {
                throw new IOException("the note of volume " + volume + " in " + folder + " was changed", notOurs);
            }
        }
        return notes;
    }

    /** Removes what is left of a bundle here: after it was archived or refused. */
    public void forget(BundleId bundle) throws IOException {
        DurableFiles.remove(folder(bundle));
        DurableFiles.remove(notes(bundle));
    }

    /**
     * Removes what came of bundles whose last volume did not, and which have nothing to add once {@code loaded} is: earlier ones of its
     * kind. Completes follow each other in sequence and position, and so do partials; between the two kinds the sequence says nothing,
     * since a complete may be under way while partials with higher numbers are loaded.
     *
     * @return what was removed, in order
     */
    public List<BundleId> forgetBefore(BundleId loaded) throws IOException {
        List<BundleId> old = bundles(bundle -> !hasCome(bundle)
                && bundle.source().equals(loaded.source())
                && bundle.kind() == loaded.kind()
                && bundle.sequence() < loaded.sequence());
        for (BundleId bundle : old) {
            forget(bundle);
        }
        return old;
    }

    /** Moves a bundle that must not be loaded out of the way. */
    public void refuse(BundleId bundle, String reason, Quarantine quarantine) throws IOException {
        quarantine.add(folder(bundle), reason);
        forget(bundle);
    }

    boolean hasCome(BundleId bundle) {
        return Files.isDirectory(folder(bundle));
    }

    Path folder(BundleId bundle) {
        return folder.resolve(bundle.name());
    }

    /** Overwrites an earlier note of the same volume: the manifest tells which of two was right. */
    void note(VolumeName volume, VolumeNote note) throws IOException {
        DurableFiles.createFolders(notes(volume.bundle()));
        DurableFiles.write(note(volume), StrictJson.pretty(note));
    }

    private Path notes(BundleId bundle) {
        return folder.resolve(bundle.name() + VOLUMES);
    }

    private Path note(VolumeName volume) {
        return notes(volume.bundle()).resolve(volume.fileName());
    }

    private List<BundleId> bundles(Predicate<BundleId> which) throws IOException {
        return names(folder, Incoming::bundle).stream().filter(which).toList();
    }

    private static Optional<BundleId> bundle(String file) {
        String name = file.replaceFirst("(\\.volumes)?(\\.part)?$", "");
        return BundleId.parse(name);
    }

    private static <T extends Comparable<T>> List<T> names(Path folder, Function<String, Optional<T>> parse)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            TreeSet<T> names = new TreeSet<>(Comparator.naturalOrder());
            files.map(file -> String.valueOf(file.getFileName()))
                    .map(parse)
                    .forEach(name -> name.ifPresent(names::add));
            return List.copyOf(names);
        }
    }
}
