package io.tidemark.alarm;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which incidents are open, and which of them people have to be told of now. Times of waiting are measured, never taken from the clock on the
 * wall: one that is set tells nothing. Not for several threads.
 */
final class AlarmBook {
    /** What all routes that use the link meet together. */
    static final String LINK = "link";

    private static final Set<FailureCode> OF_THE_LINK = Set.of(FailureCode.TRANSFER, FailureCode.HOST_KEY);

    private final Patience patience;
    private final Map<AlarmId, Open> open = new LinkedHashMap<>();

    /**
     * How long people are spared.
     *
     * @param before a failure that may pass by itself is told
     * @param after it was met last until it counts as over
     */
    record Patience(Duration before, Duration after) {}

    /** An incident, and since when it is as it is, in nanoseconds of a clock that nobody sets. */
    private record Open(Incident incident, long due, long overAt) {}

    AlarmBook(Patience patience, Collection<Incident> known, long now) {
        this.patience = patience;
        known.forEach(incident -> open.put(
                incident.id(), new Open(incident, now + patience.before().toNanos(), now)));
    }

    List<Incident> incidents() {
        return open.values().stream().map(Open::incident).toList();
    }

    /** @return whether it is news */
    boolean raise(AlarmId id, String log, String message, String hint, Instant time, long now) {
        return met(id, log, List.of(), message, hint, Duration.ZERO, time, now);
    }

    /**
     * The step that met it is not in its other failures any more.
     *
     * @return whether it is news
     */
    boolean failed(Step step, TidemarkException failure, Instant time, long now) {
        AlarmId id = idOf(step, failure);
        leave(step, time, now, incident -> !incident.id().equals(id));
        Duration before = failure.code().retryable() ? patience.before() : Duration.ZERO;
        return met(id, step.route(), List.of(step.toString()), failure.text(), failure.hint(), before, time, now);
    }

    /**
     * What can fail and succeed.
     *
     * @param about which of several, such as a source; empty where there is one
     */
    record Step(String route, String about) {
        @Override
        public String toString() {
            return about.isEmpty() ? route : route + " " + about;
        }
    }

    static AlarmId idOf(Step step, TidemarkException failure) {
        boolean link = OF_THE_LINK.contains(failure.code());
        return AlarmId.of(link ? LINK : step.route(), failure.code()).about(link ? "" : step.about());
    }

    private boolean met(
            AlarmId id,
            String log,
            List<String> routes,
            String message,
            String hint,
            Duration before,
            Instant time,
            long now) {
        Open known = open.get(id);
        if (known == null) {
            Incident first = Incident.first(id, log, routes, message, hint, time);
            open.put(id, new Open(first, now + before.toNanos(), now));
            return true;
        }
        Incident again = known.incident().again(routes, message, hint);
        open.put(id, new Open(again, Math.min(known.due(), now + before.toNanos()), now));
        return known.incident().isOver() || !known.incident().message().equals(again.message());
    }

    /** @return the incident, where it was open */
    Optional<Incident> clear(AlarmId id, Instant time, long now) {
        Open known = open.get(id);
        if (known == null || known.incident().isOver()) {
            return Optional.empty();
        }
        open.put(id, new Open(known.incident().over(time), known.due(), now));
        return Optional.of(known.incident());
    }

    /** @return the incidents that this ended */
    List<Incident> succeeded(Step step, Instant time, long now) {
        return open.isEmpty() ? List.of() : leave(step, time, now, any -> true);
    }

    private List<Incident> leave(Step step, Instant time, long now, Predicate<Incident> which) {
        List<Incident> ended = new ArrayList<>();
        for (Open known : List.copyOf(open.values())) {
            if (known.incident().routes().contains(step.toString()) && which.test(known.incident())) {
                Incident rest = known.incident().without(step.toString());
                boolean over = rest.routes().isEmpty() && !rest.isOver();
                open.put(rest.id(), new Open(over ? rest.over(time) : rest, known.due(), over ? now : known.overAt()));
                if (over) {
                    ended.add(known.incident());
                }
            }
        }
        return ended;
    }

    /**
     * What people have to be told now; each is returned once.
     *
     * @param opened incidents that have lasted long enough
     * @param over incidents that have been over for long enough, and are forgotten
     */
    record News(List<Incident> opened, List<Incident> over) {
        boolean isEmpty() {
            return opened.isEmpty() && over.isEmpty();
        }
    }

    /** @return empty where nothing has changed */
    Optional<News> news(long now) {
        News news = new News(new ArrayList<>(), new ArrayList<>());
        boolean changed = false;
        for (Open known : List.copyOf(open.values())) {
            Incident incident = known.incident();
            if (incident.isOver()) {
                if (now - known.overAt() >= patience.after().toNanos()) {
                    open.remove(incident.id());
                    changed = true;
                    if (incident.told()) {
                        news.over().add(incident);
                    }
                }
            } else if (!incident.told() && now >= known.due()) {
                open.put(incident.id(), new Open(incident.asTold(), known.due(), known.overAt()));
                news.opened().add(incident.asTold());
                changed = true;
            }
        }
        return changed ? Optional.of(news) : Optional.empty();
    }

    /** Whether people know that something is wrong with it, beside its silence. */
    boolean isTroubled(String subject) {
        return open.values().stream()
                .map(Open::incident)
                .anyMatch(incident -> incident.id().subject().equals(subject)
                        && !incident.id().what().equals(Condition.SILENT.word())
                        && incident.told()
                        && !incident.isOver());
    }
}
