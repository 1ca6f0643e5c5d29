package io.tidemark.sender.route;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.VolumeName;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.file.DurableFiles;
import io.tidemark.progress.Progress;
import io.tidemark.sender.outbox.Outbox;
import io.tidemark.sender.outbox.OutboxStep;
import io.tidemark.sender.route.link.RemoteFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The steps of the push route. A volume is sent as {@code .part}, measured there, and gets its name last. */
public final class Delivery {
    /** The progress that a push tells. */
    public static final String STAGE = "push";

    private final Outbox outbox;
    private final RemoteFolder inbox;
    private final Consumer<VolumeName> pushed;
    private final Progress progress;
    private final CrashPoints crashPoints;
    /** Volumes that may be remote already: those that waited when we began, and those that failed half-way. */
    private final Set<VolumeName> doubtful;

    /** What was begun and is not finished. */
    private @Nullable VolumeName begun;
    /** Whether tries of another process, or of volumes that were given up, may have left something in the remote folder. */
    private boolean untidy = true;

    private final AtomicInteger volumes = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    Delivery(
            Outbox outbox,
            RemoteFolder inbox,
            Consumer<VolumeName> pushed,
            Progress progress,
            CrashPoints crashPoints) {
        this.outbox = outbox;
        this.inbox = inbox;
        this.pushed = pushed;
        this.progress = progress;
        this.crashPoints = crashPoints;
        this.doubtful = new HashSet<>(outbox.waiting());
    }

    /** Pushed so far. */
    int volumes() {
        return volumes.get();
    }

    long bytes() {
        return bytes.get();
    }

    /** False where an earlier try got through and only its answer was lost. */
    public boolean isMissing(VolumeName volume) throws IOException {
        untidy |= begun != null && !begun.equals(volume);
        begun = volume;
        if (doubtful.add(volume)) {
            return true;
        }
        OptionalLong remote = inbox.size(volume.fileName());
        return remote.isEmpty() || remote.getAsLong() != outbox.sizeOf(volume) || !sameContent(volume);
    }

    private boolean sameContent(VolumeName volume) throws IOException {
        MessageDigest there = BlobId.sha256();
        try (OutputStream sink = new DigestOutputStream(OutputStream.nullOutputStream(), there)) {
            inbox.read(volume.fileName(), sink);
        }
        MessageDigest here = BlobId.sha256();
        try (InputStream content = new DigestInputStream(outbox.open(volume), here)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
        return MessageDigest.isEqual(there.digest(), here.digest());
    }

    public String partName(VolumeName volume) {
        return volume.fileName() + DurableFiles.PART;
    }

    public InputStream content(VolumeName volume) {
        return new MeteredStream(outbox.open(volume), bytes -> progress.advance(STAGE, bytes));
    }

    public void publish(VolumeName volume) throws IOException {
        long here = outbox.sizeOf(volume);
        OptionalLong there = inbox.size(partName(volume));
        if (there.isEmpty() || there.getAsLong() != here) {
            throw new TidemarkException(
                    FailureCode.TRANSFER,
                    there.isEmpty()
                            ? "volume " + volume + " was sent and is not there"
                            : "volume " + volume + " arrived with " + there.getAsLong() + " of " + here + " bytes",
                    "does something else write to or clean up the remote folder? it is sent again");
        }
        crashPoints.pass(OutboxStep.VOLUME_SENT);
        inbox.publish(partName(volume), volume.fileName());
        crashPoints.pass(OutboxStep.VOLUME_PUBLISHED);
    }

    /**
     * After a bundle's commit, and where there may be something: removes what earlier tries left unfinished of it and of bundles before it,
     * which were given up. A folder that nobody empties is not listed for each partial.
     */
    public void sweep(VolumeName volume) throws IOException {
        if (!volume.isLast() || !(untidy || volume.bundle().kind() == BundleKind.COMPLETE)) {
            return;
        }
        for (RemoteFolder.Entry entry : inbox.list()) {
            if (isLeftBehind(entry.name(), volume)) {
                inbox.remove(entry.name());
            }
        }
        untidy = false;
    }

    private static boolean isLeftBehind(String name, VolumeName commit) {
        return name.endsWith(DurableFiles.PART)
                && VolumeName.parse(name.substring(0, name.length() - DurableFiles.PART.length()))
                        .map(VolumeName::bundle)
                        .filter(bundle -> bundle.source().equals(commit.bundle().source()))
                        .filter(bundle -> bundle.compareTo(commit.bundle()) <= 0)
                        .isPresent();
    }

    /** Noted first: a volume that is pushed twice does no harm, one that is forgotten would. */
    public void finish(VolumeName volume) {
        long size = outbox.sizeOf(volume);
        pushed.accept(volume);
        crashPoints.pass(OutboxStep.PUSH_NOTED);
        outbox.remove(volume);
        doubtful.remove(volume);
        begun = null;
        volumes.incrementAndGet();
        bytes.addAndGet(size);
        crashPoints.pass(OutboxStep.PUSH_FINISHED);
    }
}
