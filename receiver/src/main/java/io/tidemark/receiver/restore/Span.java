package io.tidemark.receiver.restore;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.Manifest;
import io.tidemark.position.Lsn;

/**
 * What a bundle leads from and to.
 *
 * @param from where a partial begins; a complete needs nothing before it, and begins where it ends
 */
record Span(BundleId id, Lsn from, Lsn to) {
    static Span of(Manifest manifest) {
        Manifest.Partial partial = manifest.partial();
        Lsn to = manifest.position().lsn();
        return new Span(manifest.id(), partial == null ? to : partial.from(), to);
    }
}
