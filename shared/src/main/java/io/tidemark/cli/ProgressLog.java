package io.tidemark.cli;

import io.tidemark.progress.Progress;
import io.tidemark.text.Human;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each stage when it has ended, where nobody watches a terminal. */
public final class ProgressLog implements Progress {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);

    private final Map<String, Long> begun = new ConcurrentHashMap<>();

    @Override
    public void begin(String stage, long total, Unit unit) {
        begun.put(stage, System.nanoTime());
    }

    @Override
    public void advance(String stage, long amount) {
        // Only ends are logged.
    }

    @Override
    public void end(String stage, String summary) {
        Long since = begun.remove(stage);
        if (since != null) {
            LOG.info("{}: {} ({})", stage, summary, Human.duration(Duration.ofNanos(System.nanoTime() - since)));
        }
    }
}
