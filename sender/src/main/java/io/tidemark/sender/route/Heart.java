package io.tidemark.sender.route;

import io.tidemark.file.DurableFiles;
import io.tidemark.sender.route.link.RemoteFolder;
import io.tidemark.sender.state.SenderState;
import io.tidemark.settings.Schedule;
import io.tidemark.transfer.Beat;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Leaves a {@link Beat} in the inbox again and again, so that the receiver knows a quiet database from a dead sender. */
public final class Heart {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration SHORTEST = Duration.ofSeconds(5);

    private final String source;
    private final SenderState state;
    private final Clock clock;
    private final Expectations expectations;
    private final Rhythm rhythm;
    /** What the sender had made when it last looked for changes. */
    private final AtomicReference<@Nullable Looked> looked = new AtomicReference<>();

    private record Looked(Instant at, long sequence) {}

    Heart(String source, SenderState state, Clock clock, Expectations expectations) {
        this.source = source;
        this.state = state;
        this.clock = clock;
        this.expectations = expectations;
        this.rhythm = new Rhythm(new Schedule.Every(interval(expectations)), ZoneOffset.UTC, clock);
    }

    /** Three beats may be lost before somebody is alarmed. */
    private static Duration interval(Expectations expectations) {
        Duration third = expectations.partial().orElse(LONGEST.multipliedBy(3)).dividedBy(3);
        return third.compareTo(LONGEST) > 0 ? LONGEST : third.compareTo(SHORTEST) < 0 ? SHORTEST : third;
    }

    public boolean isDue() {
        return (expectations.partial().isEmpty() || looked.get() != null) && rhythm.isDue();
    }

    /** The sender has looked for changes, and all that there were are in bundles. */
    void looked() {
        looked.set(new Looked(clock.instant(), lastSealed()));
    }

    private long lastSealed() {
        return state.lastSealed().map(bundle -> bundle.id().sequence()).orElse(0L);
    }

    Optional<Beat> next() {
        Instant now = clock.instant();
        Looked last = expectations.partial().isPresent() ? looked.get() : new Looked(now, lastSealed());
        return last == null
                ? Optional.empty()
                : Optional.of(new Beat(
                        source,
                        now,
                        last.at(),
                        last.sequence(),
                        seconds(expectations.complete()),
                        seconds(expectations.partial())));
    }

    private static long seconds(Optional<Duration> within) {
        return within.map(Duration::toSeconds).orElse(0L);
    }

    /** A beat of one who has not looked yet tells nothing. */
    void beat(RemoteFolder inbox) throws IOException {
        Optional<Beat> next = next();
        if (next.isPresent()) {
            String name = next.get().fileName();
            inbox.write(name + DurableFiles.PART, next.get().bytes());
            inbox.publish(name + DurableFiles.PART, name);
        }
    }
}
