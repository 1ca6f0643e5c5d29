package io.tidemark.receiver.inbox;

import io.tidemark.bundle.VolumeName;

/**
 * What became of a volume; it is out of the inbox in either case.
 *
 * @param bytes of the volume
 * @param contents how many contents it brought
 * @param newContents how many of them the store did not have
 * @param refusal why it lies in quarantine; empty where it was taken in
 */
public record Imported(VolumeName volume, long bytes, long contents, long newContents, String refusal) {
    public boolean refused() {
        return !refusal.isEmpty();
    }

    static Imported refused(VolumeName volume, long bytes, String reason) {
        return new Imported(volume, bytes, 0, 0, reason);
    }
}
