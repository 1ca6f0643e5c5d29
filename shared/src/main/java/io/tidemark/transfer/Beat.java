package io.tidemark.transfer;

import io.tidemark.bundle.BundleId;
import io.tidemark.failure.DamagedException;
import io.tidemark.json.StrictJson;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small file that the sender leaves in the inbox again and again, so that the receiver can tell a quiet database from a sender that is dead.
 * It is no bundle and changes no data.
 *
 * @param at when it was written
 * @param looked when the sender last looked for changes and succeeded; {@code at} where it makes no partials
 * @param sequence the last bundle that was whole then; 0 for none
 * @param completeSeconds within which time the sender expects the next complete; 0 for never
 * @param partialSeconds the same of looking for changes
 */
public record Beat(
        String source, Instant at, Instant looked, long sequence, long completeSeconds, long partialSeconds) {
    /** The longest, in bytes. */
    public static final int MAX_SIZE = 4096;

    private static final Pattern NAME = Pattern.compile("\\.tidemark-beat-(" + BundleId.SOURCE.pattern() + ")\\.json");

    public Beat {
        if (!BundleId.SOURCE.matcher(source).matches() || sequence < 0 || completeSeconds < 0 || partialSeconds < 0) {
            throw new IllegalArgumentException("no beat: " + source + " " + sequence);
        }
    }

    /** What its file is called. */
    public String fileName() {
        return ".tidemark-beat-" + source + ".json";
    }

    /** The source that a file of this name speaks of. */
    public static Optional<String> sourceOf(String fileName) {
        Matcher matcher = NAME.matcher(fileName);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    public byte[] bytes() {
        return StrictJson.pretty(this);
    }

    public static Beat read(byte[] content) throws DamagedException {
        return StrictJson.read(content, Beat.class);
    }
}
