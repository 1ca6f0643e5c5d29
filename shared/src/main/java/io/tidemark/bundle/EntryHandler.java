package io.tidemark.bundle;

import java.io.IOException;
import java.io.InputStream;

/** Takes the entries of a volume as they come. */
@FunctionalInterface
public interface EntryHandler {
    /**
     * Called once per entry, in order. What is left of {@code content} afterwards is skipped and counted in the volume's SHA-256.
     *
     * @param content valid until the return; fails with {@link io.tidemark.failure.DamagedException} where the volume ends early
     */
    void entry(String name, long size, InputStream content) throws IOException;
}
