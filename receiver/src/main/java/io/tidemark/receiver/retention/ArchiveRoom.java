package io.tidemark.receiver.retention;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.Manifest;
import io.tidemark.failure.DamagedException;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.settings.Lifetimes;
import io.tidemark.room.BytesPerDay;
import io.tidemark.room.RoomForecast;
import io.tidemark.room.SizedBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How long the archive's room lasts, told from the bundles that lie there. */
public final class ArchiveRoom {
    private static final Duration RECENT = Duration.ofDays(7);
    private static final int SAMPLE = 50;

    private ArchiveRoom() {}

    /** @return empty where the file system does not tell */
    public static Optional<RoomForecast> forecast(Path folder, Lifetimes lifetimes, Instant now) throws IOException {
        Archive archive = new Archive(folder);
        List<BundleId> all = archive.bundles();
        List<BundleId> partials = all.stream()
                .filter(id -> id.kind() == BundleKind.PARTIAL && !id.created().isBefore(now.minus(RECENT)))
                .sorted(Comparator.comparing(BundleId::created).reversed())
                .toList();
        List<BundleId> sample = partials.subList(0, Math.min(SAMPLE, partials.size()));
        List<SizedBundle> sized = new ArrayList<>();
        for (BundleId id : all) {
            if (id.kind() == BundleKind.COMPLETE) {
                boolean recent = !id.created().isBefore(now.minus(RECENT));
                sized.add(new SizedBundle(id, recent ? bytes(archive, id) : 0));
            }
        }
        for (BundleId id : sample) {
            sized.add(new SizedBundle(id, bytes(archive, id)));
        }
        // The oldest says since when partials come, whether or not it is in the sample.
        if (partials.size() > sample.size()) {
            sized.add(new SizedBundle(partials.get(partials.size() - 1), 0));
        }
        double each = sample.isEmpty() ? 1 : partials.size() / (double) sample.size();
        return RoomForecast.of(
                "archive.folder", folder, BytesPerDay.of(sized, each, now), gathering(all, lifetimes, now));
    }

    /** For how long more bundles come than go; empty where none go. Counted rotation is taken for as long as its days. */
    private static Optional<Duration> gathering(List<BundleId> all, Lifetimes lifetimes, Instant now) {
        boolean partials = all.stream().anyMatch(id -> id.kind() == BundleKind.PARTIAL);
        if (!lifetimes.limitsCompletes() || (partials && lifetimes.partial().isEmpty())) {
            return Optional.empty();
        }
        Duration counted = Duration.ofDays(
                Math.max(lifetimes.daily(), Math.max(7L * lifetimes.weekly(), 31L * lifetimes.monthly())));
        Duration longest = longer(
                longer(lifetimes.complete().orElse(Duration.ZERO), counted),
                lifetimes.partial().orElse(Duration.ZERO));
        Duration age = all.stream()
                .map(BundleId::created)
                .min(Comparator.naturalOrder())
                .map(oldest -> Duration.between(oldest, now))
                .orElse(Duration.ZERO);
        Duration left = longest.minus(age);
        return Optional.of(left.isNegative() ? Duration.ZERO : left);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** On the wire, which is what it added: its contents in volumes, and its own entries. */
    private static long bytes(Archive archive, BundleId id) throws IOException {
        try {
            Optional<BundleFolder> folder = archive.open(id);
            if (folder.isEmpty()) {
                return 0;
            }
            Manifest manifest = folder.get().manifest();
            return manifest.volumes().stream().mapToLong(Manifest.Volume::size).sum()
                    + manifest.entries().stream()
                            .mapToLong(Manifest.Entry::size)
                            .sum();
        } catch (DamagedException unreadable) {
            return 0;
        }
    }
}
