package io.tidemark.sender.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.tidemark.position.Lsn;
import io.tidemark.position.SourceIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The partials that follow one upon another, as far as they have come.
 *
 * @param slot that they are read from; empty where they are found by watermark
 * @param identity of the database whose log it is
 * @param drained everything that ends here or before lies in bundles, or was nothing
 * @param to where the last partial ends, and the next begins
 * @param manifest SHA-256 of the last partial's manifest; absent where there was none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Chain(
        String slot,
        SourceIdentity identity,
        Lsn drained,
        Lsn to,
        @JsonSetter(nulls = Nulls.SET) @Nullable String manifest) {

    /** Whether changes are found by columns that grow, and not in the log. */
    public boolean byWatermark() {
        return slot.isEmpty();
    }

    public Chain withDrained(Lsn further) {
        return new Chain(slot, identity, further, to, manifest);
    }

    /** After a partial up to {@code end}. */
    public Chain after(Lsn end, String hash) {
        return new Chain(slot, identity, end, end, hash);
    }
}
