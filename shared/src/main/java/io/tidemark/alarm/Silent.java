package io.tidemark.alarm;

import io.tidemark.failure.TidemarkException;

/** Tells nobody. */
final class Silent implements Alarms {
    @Override
    public void raise(AlarmId id, String message, String hint) {}

    @Override
    public void clear(AlarmId id) {}

    @Override
    public void failed(String route, TidemarkException failure) {}

    @Override
    public void succeeded(String route) {}

    @Override
    public void done(String kind, String summary) {}

    @Override
    public void end() {}
}
