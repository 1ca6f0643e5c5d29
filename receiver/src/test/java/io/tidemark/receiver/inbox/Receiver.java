package io.tidemark.receiver.inbox;

import io.tidemark.bundle.VolumeName;
import io.tidemark.crash.CrashPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The folders of a receiver below one root, and what works on them. */
public final class Receiver {
    public final Path root;
    public final Path inboxFolder;
    public final Inbox inbox;
    public final Incoming incoming;
    public final BlobStores stores;
    public final Quarantine quarantine;
    public final VolumeImporter importer;
    public final BundleVerifier verifier;

    public Receiver(Path root) throws IOException {
        this(root, CrashPoints.none());
    }

    public Receiver(Path root, CrashPoints crashPoints) throws IOException {
        this.root = root;
        this.inboxFolder = Files.createDirectories(root.resolve("inbox"));
        this.inbox = new Inbox(inboxFolder);
        this.incoming = new Incoming(root.resolve("work/incoming"));
        this.stores = new BlobStores(root.resolve("work/archive"));
        this.quarantine = new Quarantine(root.resolve("work/quarantine"), crashPoints);
        Clock clock = Clock.fixed(Instant.parse("2025-01-31T04:00:00Z"), ZoneOffset.UTC);
        this.importer = new VolumeImporter(
                inbox, incoming, stores, quarantine, bundle -> !bundle.source().equals("foreign"), clock, crashPoints);
        this.verifier = new BundleVerifier(stores);
    }

    /** Takes in what lies in the inbox. */
    public List<Imported> takeAll() throws IOException {
        List<Imported> imported = new ArrayList<>();
        for (VolumeName volume : inbox.volumes()) {
            imported.add(importer.take(volume));
        }
        return imported;
    }

    /** Verifies the only bundle that waits. */
    public Verification verifyOnly() throws IOException {
        List<ReceivedBundle> waiting = incoming.waiting();
        if (waiting.size() != 1) {
            throw new IllegalStateException("not one bundle waits but " + waiting);
        }
        return verifier.verify(waiting.get(0));
    }

    /** Every file below the root, relative to it. */
    public List<String> files() throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(path -> !Files.isDirectory(path))
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }
}
