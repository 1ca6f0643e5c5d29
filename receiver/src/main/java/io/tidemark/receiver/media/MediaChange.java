package io.tidemark.receiver.media;

import io.tidemark.bundle.MediaRecord;
import org.jspecify.annotations.Nullable;

/** One path in both lists; at least one of the two is there. */
record MediaChange(@Nullable MediaRecord before, @Nullable MediaRecord now) {}
