package io.tidemark.sender.route;

import io.tidemark.alarm.Alarms;
import io.tidemark.failure.TidemarkException;
import io.tidemark.json.StrictJson;
import io.tidemark.sender.route.link.Remote;
import io.tidemark.sender.state.SenderState;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The link check of the service: tries the link like {@code check}, and keeps what came of it for {@code status}. */
public final class LinkTrial {
    private static final Logger LOG = LoggerFactory.getLogger(LinkTrial.class);

    private final Supplier<Optional<TidemarkException>> attempt;
    private final Rhythm rhythm;
    private final SenderState state;
    private final Clock clock;
    private final Alarms alarms;

    LinkTrial(Remote remote, Rhythm rhythm, SenderState state, Clock clock, Alarms alarms) {
        this.attempt = () -> LinkCheck.failure(remote);
        this.rhythm = rhythm;
        this.state = state;
        this.clock = clock;
        this.alarms = alarms;
    }

    public boolean isDue() {
        return rhythm.isDue();
    }

    /** @throws TidemarkException where the link or a folder on it cannot be used */
    public void run() {
        long begun = System.nanoTime();
        Optional<TidemarkException> failure = attempt.get();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        LinkResult result = new LinkResult(
                clock.instant(),
                failure.isEmpty(),
                failure.map(TidemarkException::text).orElse(""),
                failure.map(TidemarkException::hint).orElse(""),
                took.toMillis());
        state.note(LinkResult.NOTE, new String(StrictJson.pretty(result), StandardCharsets.UTF_8));
        if (failure.isPresent()) {
            throw failure.get();
        }
        LOG.info("the link works: written, renamed, read and removed in {} ms", took.toMillis());
        alarms.well(RouteIds.LINK_CHECK);
    }
}
