package io.tidemark.receiver.inbox;

import io.tidemark.bundle.BundleId;
import java.nio.file.Path;
import java.util.List;

/**
 * A bundle whose last volume has come. Nothing is known yet of whether it is whole.
 *
 * @param folder holds the entries of the last volume
 * @param volumes what came, in order, the last volume included
 */
public record ReceivedBundle(BundleId id, Path folder, List<VolumeNote> volumes) {
    public ReceivedBundle {
        volumes = List.copyOf(volumes);
    }

    /** Bytes that came over the link. */
    public long bytes() {
        return volumes.stream().mapToLong(VolumeNote::size).sum();
    }
}
