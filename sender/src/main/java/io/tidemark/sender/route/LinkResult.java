package io.tidemark.sender.route;

import io.tidemark.failure.DamagedException;
import io.tidemark.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of the last link check.
 *
 * @param message why it failed, and {@code hint} what to do; empty where it did not
 */
public record LinkResult(Instant at, boolean ok, String message, String hint, long milliseconds) {
    /** The state's note of it. */
    public static final String NOTE = "link-check";

    /** Empty where another version wrote it. */
    public static Optional<LinkResult> read(String json) {
        try {
            return Optional.of(StrictJson.read(json.getBytes(StandardCharsets.UTF_8), LinkResult.class));
        } catch (DamagedException otherVersion) {
            return Optional.empty();
        }
    }
}
