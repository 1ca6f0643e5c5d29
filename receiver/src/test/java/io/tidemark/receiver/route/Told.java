package io.tidemark.receiver.route;

import io.tidemark.alarm.AlarmId;
import io.tidemark.alarm.Silent;
import io.tidemark.failure.TidemarkException;
import java.util.Set;
import java.util.TreeSet;

/** What is open, and what went well. */
final class Told extends Silent {
    final Set<String> open = new TreeSet<>();
    final Set<String> well = new TreeSet<>();
    /** Of what it was said that it goes well again. */
    final Set<String> succeeded = new TreeSet<>();

    @Override
    public void raise(AlarmId id, String message, String hint) {
        open.add(id.toString());
    }

    @Override
    public void clear(AlarmId id) {
        open.remove(id.toString());
    }

    @Override
    public void failed(String route, String about, TidemarkException failure) {
        open.add(AlarmId.of(route, failure.code()).about(about).toString());
    }

    @Override
    public void succeeded(String route, String about) {
        succeeded.add(route + "/" + about);
    }

    @Override
    public void well(String kind) {
        well.add(kind);
    }

    @Override
    public void done(String kind, String summary) {
        well.add(kind);
    }
}
