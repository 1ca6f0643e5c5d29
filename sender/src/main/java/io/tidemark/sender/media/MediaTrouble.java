package io.tidemark.sender.media;

import io.tidemark.failure.DamagedException;
import io.tidemark.json.StrictJson;
import io.tidemark.sender.state.SenderState;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keeps media, or deletions of media, from travelling while rows go on: told once, and kept for status until it is over. */
public final class MediaTrouble {
    private static final Logger LOG = LoggerFactory.getLogger(MediaTrouble.class);
    private static final String NOTE = "media.trouble";

    private final SenderState state;
    private final Clock clock;

    public MediaTrouble(SenderState state, Clock clock) {
        this.state = state;
        this.clock = clock;
    }

    /** Since when, what, and what to do about it. */
    public record Trouble(Instant since, String text, String hint) {}

    public static Optional<Trouble> read(SenderState state) {
        Optional<String> json = state.note(NOTE).filter(text -> !text.isEmpty());
        try {
            return json.isEmpty()
                    ? Optional.empty()
                    : Optional.of(StrictJson.read(json.get().getBytes(StandardCharsets.UTF_8), Trouble.class));
        } catch (DamagedException otherVersion) {
            return Optional.empty();
        }
    }

    /** @param kind what stays the same while the trouble does; numbers in the text may change */
    void is(String kind, String text, String hint) {
        Optional<Trouble> before = read(state);
        if (before.filter(trouble -> trouble.text().startsWith(kind)).isPresent()) {
            return;
        }
        LOG.error("{} (hint: {})", text, hint);
        Trouble now = new Trouble(before.map(Trouble::since).orElse(clock.instant()), text, hint);
        state.note(NOTE, new String(StrictJson.pretty(now), StandardCharsets.UTF_8));
    }

    void over() {
        Optional<Trouble> before = read(state);
        if (before.isPresent()) {
            LOG.info(
                    "media travel again as they should; since {}: {}",
                    before.get().since(),
                    before.get().text());
            state.note(NOTE, "");
        }
    }
}
