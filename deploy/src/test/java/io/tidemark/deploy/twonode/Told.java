package io.tidemark.deploy.twonode;

import io.tidemark.alarm.AlarmDesk;
import io.tidemark.alarm.AlarmId;
import io.tidemark.alarm.Silent;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Counts what a service tells of its routes, keeps what went wrong and should not have, and tells the alarms that {@code run} would. */
final class Told extends Silent {
    private final AlarmDesk alarms;
    private final Map<String, Integer> succeeded = new ConcurrentHashMap<>();
    private final Map<String, Integer> failed = new ConcurrentHashMap<>();
    private final Map<String, Integer> done = new ConcurrentHashMap<>();
    private final List<String> finished = new CopyOnWriteArrayList<>();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private volatile Set<FailureCode> meant = Set.of();
    private volatile boolean ended;

    Told(AlarmDesk alarms) {
        this.alarms = alarms;
    }

    /** From now on such failures are what the test causes, and no trouble. */
    void mean(FailureCode... codes) {
        meant = Set.of(codes);
    }

    /** How often the route did its work. */
    int succeededOf(String route) {
        return succeeded.getOrDefault(route, 0);
    }

    /** How often the route did its work, or failed to. */
    int triesOf(String route) {
        return succeededOf(route) + failed.getOrDefault(route, 0);
    }

    /** How many of the kind were finished well. */
    int doneOf(String kind) {
        return done.getOrDefault(kind, 0);
    }

    /** What was finished well, in that order. */
    List<String> finished() {
        return List.copyOf(finished);
    }

    List<String> troubles() {
        return List.copyOf(troubles);
    }

    @Override
    public void raise(AlarmId id, String log, String message, String hint) {
        trouble(id + ": " + message);
        alarms.raise(id, log, message, hint);
    }

    @Override
    public void raise(AlarmId id, String message, String hint) {
        raise(id, id.subject(), message, hint);
    }

    @Override
    public void clear(AlarmId id) {
        alarms.clear(id);
    }

    @Override
    public void failed(String route, String about, TidemarkException failure) {
        failed.merge(route, 1, Integer::sum);
        if (!meant.contains(failure.code())) {
            trouble(route + ": " + failure.text());
        }
        alarms.failed(route, about, failure);
    }

    private void trouble(String text) {
        if (!ended) {
            troubles.add(text);
        }
    }

    @Override
    public void succeeded(String route, String about) {
        succeeded.merge(route, 1, Integer::sum);
        alarms.succeeded(route, about);
    }

    @Override
    public void done(String kind, String summary) {
        done.merge(kind, 1, Integer::sum);
        finished.add(summary);
        alarms.done(kind, summary);
    }

    @Override
    public boolean isTroubled(String subject) {
        return alarms.isTroubled(subject);
    }

    @Override
    public void end() {
        ended = true;
        alarms.end();
    }
}
