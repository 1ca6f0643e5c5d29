package io.tidemark.receiver.route;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.Manifest;
import io.tidemark.receiver.chain.Waiting;
import io.tidemark.receiver.inbox.ReceivedBundle;
import java.nio.file.Files;
import java.time.Instant;

/** A bundle that has come, and its manifest, which is all that was read of it. */
record Candidate(ReceivedBundle bundle, Manifest manifest, Waiting place) {
    BundleId id() {
        return bundle.id();
    }

    /** Whether it still waits. */
    boolean isHere() {
        return Files.isDirectory(bundle.folder());
    }

    Instant received() {
        return bundle.volumes().get(bundle.volumes().size() - 1).received();
    }
}
