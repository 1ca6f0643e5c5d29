package io.tidemark.sender.outbox;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.VolumeName;
import io.tidemark.failure.TidemarkException;
import io.tidemark.file.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The folder of finished volumes that wait to be pushed. The folder is the truth: several processes may use it at once, one of them
 * pushing. Every failure of the disk is a {@link TidemarkException}.
 */
public final class Outbox {
    /** How often another process's doings are looked for. */
    private static final Duration RECHECK = Duration.ofMillis(250);

    private static final Comparator<VolumeName> PUSH_ORDER = Comparator.comparing(
                    (VolumeName volume) -> volume.bundle().kind() == BundleKind.COMPLETE)
            .thenComparing(Comparator.naturalOrder());

    private final Path folder;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final OutboxRoom room;

    /** @param maxBytes that may wait; one volume may wait whatever its size */
    public Outbox(Path folder, long maxBytes) {
        this.folder = folder;
        this.room = new OutboxRoom(this, maxBytes);
        try {
            DurableFiles.createFolders(folder);
        } catch (IOException e) {
            throw OutboxFailures.of(folder, e);
        }
    }

    /** The room that the cap leaves. */
    public OutboxRoom room() {
        return room;
    }

    public Path folder() {
        return folder;
    }

    public Path file(VolumeName volume) {
        return folder.resolve(volume.fileName());
    }

    /** Where a volume is written before {@link #commit}. */
    public Path part(VolumeName volume) {
        return DurableFiles.partOf(file(volume));
    }

    public long sizeOf(VolumeName volume) {
        try {
            return Files.size(file(volume));
        } catch (IOException e) {
            throw OutboxFailures.of(folder, e);
        }
    }

    public InputStream open(VolumeName volume) {
        try {
            return Files.newInputStream(file(volume));
        } catch (IOException e) {
            throw OutboxFailures.of(folder, e);
        }
    }

    /** Makes a written and synced volume ready to be pushed. */
    public void commit(VolumeName volume) {
        try {
            DurableFiles.rename(part(volume), file(volume));
        } catch (IOException e) {
            throw OutboxFailures.of(folder, e);
        }
        room.release(volume);
    }

    /**
     * In the order in which they have to be pushed: partials first, as they are small and a complete may be long on its way; neither needs the
     * other to be there.
     */
    public List<VolumeName> waiting() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.flatMap(file -> VolumeName.parse(file.getFileName().toString()).stream())
                    .sorted(PUSH_ORDER)
                    .toList();
        } catch (IOException e) {
            throw OutboxFailures.of(folder, e);
        }
    }

    /** The one to push; a bundle's last volume only when no other volume of it waits. */
    public Optional<VolumeName> next() {
        return waiting().stream().findFirst();
    }

    /** All bytes in the folder, those of unfinished volumes included. */
    public long bytes() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(Outbox::size).sum();
        } catch (IOException e) {
            throw OutboxFailures.of(folder, e);
        }
    }

    /** Takes a pushed volume away; that it is gone already is fine. */
    public void remove(VolumeName volume) {
        try {
            Files.deleteIfExists(file(volume));
            DurableFiles.syncFolder(folder);
        } catch (IOException e) {
            throw OutboxFailures.of(folder, e);
        }
        signal();
    }

    /** Takes away every volume of that kind that was never finished. Only for who alone makes such bundles, before it begins one. */
    public void discardParts(BundleKind kind) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Outbox::isPart)
                    .filter(part -> volumeOf(part)
                            .filter(volume -> volume.bundle().kind() != kind)
                            .isEmpty())
                    .toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw OutboxFailures.of(folder, e);
        }
        signal();
    }

    private static boolean isPart(Path file) {
        return String.valueOf(file.getFileName()).endsWith(DurableFiles.PART);
    }

    /** Takes away what is there of a bundle that was given up; nothing where its last volume is committed, as it is whole then. */
    public void discardUnfinished(BundleId bundle) {
        if (Files.exists(file(VolumeName.last(bundle)))) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (volumeOf(file)
                        .filter(volume -> volume.bundle().equals(bundle))
                        .isPresent()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw OutboxFailures.of(folder, e);
        }
        signal();
    }

    private static Optional<VolumeName> volumeOf(Path file) {
        String name = file.getFileName().toString();
        return VolumeName.parse(
                name.endsWith(DurableFiles.PART)
                        ? name.substring(0, name.length() - DurableFiles.PART.length())
                        : name);
    }

    /** True as soon as a volume waits, false after {@code limit}. */
    public boolean awaitVolume(Duration limit) throws InterruptedException {
        return await(() -> next().isPresent(), limit);
    }

    /** True as soon as {@code met} holds, false after {@code limit}; looked at after every change of the outbox. */
    public boolean await(BooleanSupplier met, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (!met.getAsBoolean()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                changed.awaitNanos(Math.min(left, RECHECK.toNanos()));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Wakes whoever waits, so that conditions outside the outbox are looked at again. */
    public void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How much of one kind waits. */
    public long bytesWaiting(BundleKind kind) {
        return waiting().stream()
                .filter(volume -> volume.bundle().kind() == kind)
                .mapToLong(this::sizeIfThere)
                .sum();
    }

    /** 0 where it has left. */
    long sizeIfThere(VolumeName volume) {
        return size(file(volume));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException pushedMeanwhile) {
            return 0;
        } catch (IOException e) {
            throw OutboxFailures.of(file, e);
        }
    }
}
