package io.tidemark.receiver.chain;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.Manifest;
import io.tidemark.position.Lsn;
import io.tidemark.position.SourceIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle that has come says of its place, before anything else of it is looked at.
 *
 * @param manifest SHA-256 of its manifest
 * @param from absent in completes
 * @param to where it ends, or was cut
 * @param previous SHA-256 of the manifest of the partial before, where it says one
 */
public record Waiting(
        BundleId id,
        String manifest,
        SourceIdentity identity,
        @Nullable Lsn from,
        Lsn to,
        @Nullable String previous) {
    public static Waiting of(Manifest manifest, String sha256) {
        Manifest.Partial partial = manifest.partial();
        return new Waiting(
                manifest.id(),
                sha256,
                manifest.identity(),
                partial == null ? null : partial.from(),
                manifest.position().lsn(),
                manifest.previous());
    }

    public boolean isComplete() {
        return id.kind() == BundleKind.COMPLETE;
    }
}
