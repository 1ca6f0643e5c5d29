package io.tidemark.sender.route;

import io.tidemark.alarm.Alarms;
import io.tidemark.failure.TidemarkException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a lasting failure once, again when it becomes another one, and when it is over. */
final class Incidents {
    private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);

    private final Clock clock;
    private final Alarms alarms;
    private final Map<String, Incident> open = new HashMap<>();
    private boolean ended;

    Incidents(Clock clock) {
        this(clock, Alarms.none());
    }

    Incidents(Clock clock, Alarms alarms) {
        this.clock = clock;
        this.alarms = alarms;
    }

    /** @param failures so far, this text's and others' */
    private record Incident(Instant since, String text, int failures) {}

    /** From here on failures only tell of the stop that caused them. */
    synchronized void end() {
        ended = true;
        alarms.end();
    }

    synchronized void failed(String route, TidemarkException failure) {
        if (ended) {
            LOG.debug("{}: {}", route, failure.text());
            return;
        }
        alarms.failed(alarmOf(route), failure);
        Incident before = open.get(route);
        Instant since = before == null ? clock.instant() : before.since();
        int failures = before == null ? 1 : before.failures() + 1;
        open.put(route, new Incident(since, failure.text(), failures));
        if (before == null || !before.text().equals(failure.text())) {
            LOG.warn("{}: {}\n    hint: {}", route, failure.text(), failure.hint());
        } else {
            LOG.debug("{}: {}, for the {}. time", route, failure.text(), failures);
        }
    }

    Alarms alarms() {
        return alarms;
    }

    /** What a state that was lost has to learn is learnt once; that the link works again is seen when something is pushed. */
    private static String alarmOf(String route) {
        return route.equals(RouteIds.SEQUENCE) ? RouteIds.PUSH : route;
    }

    synchronized void succeeded(String route) {
        alarms.succeeded(alarmOf(route));
        Incident over = open.remove(route);
        if (over != null) {
            LOG.info(
                    "{}: works again after {} failures in {} s",
                    route,
                    over.failures(),
                    Duration.between(over.since(), clock.instant()).toSeconds());
        }
    }
}
