package io.tidemark.deploy.twonode;

import io.tidemark.alarm.AlarmId;
import io.tidemark.alarm.Alarms;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Counts what a service tells of its routes, and keeps what went wrong but for the link, on which everything is tried again. */
final class Told implements Alarms {
    private final Map<String, Integer> succeeded = new ConcurrentHashMap<>();
    private final Map<String, Integer> done = new ConcurrentHashMap<>();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    /** How often the route did its work. */
    int succeededOf(String route) {
        return succeeded.getOrDefault(route, 0);
    }

    /** How many of the kind were finished well. */
    int doneOf(String kind) {
        return done.getOrDefault(kind, 0);
    }

    List<String> troubles() {
        return List.copyOf(troubles);
    }

    @Override
    public void raise(AlarmId id, String message, String hint) {
        trouble(id + ": " + message);
    }

    @Override
    public void clear(AlarmId id) {}

    @Override
    public void failed(String route, String about, TidemarkException failure) {
        if (failure.code() != FailureCode.TRANSFER) {
            trouble(route + ": " + failure.text());
        }
    }

    private void trouble(String text) {
        if (!ended) {
            troubles.add(text);
        }
    }

    @Override
    public void succeeded(String route, String about) {
        succeeded.merge(route, 1, Integer::sum);
    }

    @Override
    public void well(String kind) {}

    @Override
    public void done(String kind, String summary) {
        done.merge(kind, 1, Integer::sum);
    }

    @Override
    public boolean isTroubled(String subject) {
        return false;
    }

    @Override
    public void end() {
        ended = true;
    }
}
