package io.tidemark.room;

import io.tidemark.bundle.BundleId;

/** A bundle and the bytes that it brought. */
public record SizedBundle(BundleId id, long bytes) {}
