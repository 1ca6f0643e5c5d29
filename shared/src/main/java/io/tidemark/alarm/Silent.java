package io.tidemark.alarm;

import io.tidemark.failure.TidemarkException;

/** Tells nobody; to be extended by who wants to hear of some things only. */
public class Silent implements Alarms {
    @Override
    public void raise(AlarmId id, String message, String hint) {}

    @Override
    public void clear(AlarmId id) {}

    @Override
    public void failed(String route, String about, TidemarkException failure) {}

    @Override
    public void succeeded(String route, String about) {}

    @Override
    public void well(String kind) {}

    @Override
    public void done(String kind, String summary) {}

    @Override
    public boolean isTroubled(String subject) {
        return false;
    }

    @Override
    public void end() {}
}
