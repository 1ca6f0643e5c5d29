package io.tidemark.cli;

import io.tidemark.progress.Progress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Shows running stages as live lines, and each that has ended as a line that stays. */
final class ProgressDisplay implements Progress, AutoCloseable {
    private static final int FRAME_MILLIS = 200;
    /** A terminal is asked for its width every so many frames. */
    private static final int WIDTH_EVERY = 10;

    private static final int MOST_LINES = 8;

    private final Screen screen;
    private final IntSupplier widthNow;
    private final Map<String, Stage> running = Collections.synchronizedMap(new LinkedHashMap<>());
    private final ScheduledExecutorService painter;
    private final Future<?> painting;
    private volatile int width;
    private int frame;

    ProgressDisplay(Screen screen, IntSupplier width) {
        this.screen = screen;
        this.widthNow = width;
        this.width = width.getAsInt();
        this.painter = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        this.painting = painter.scheduleAtFixedRate(this::tick, FRAME_MILLIS, FRAME_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void begin(String stage, long total, Unit unit) {
        running.put(stage, new Stage(stage, total, unit, System.nanoTime()));
    }

    @Override
    public void advance(String stage, long amount) {
        Stage found = running.get(stage);
        if (found != null) {
            found.advance(amount);
        }
    }

    @Override
    public void end(String stage, String summary) {
        Stage ended = running.remove(stage);
        if (ended != null) {
            screen.print(ProgressLine.ended(ended, summary, System.nanoTime(), width), lines());
        }
    }

    /** Takes the live lines away. */
    @Override
    public void close() {
        painting.cancel(false);
        painter.shutdown();
        running.clear();
        screen.paint(List.of());
    }

    private void tick() {
        if (++frame % WIDTH_EVERY == 0) {
            width = widthNow.getAsInt();
        }
        long now = System.nanoTime();
        stages().forEach(stage -> stage.sample(now));
        screen.paint(lines());
    }

    private List<String> lines() {
        long now = System.nanoTime();
        return stages().stream()
                .limit(MOST_LINES)
                .map(stage -> ProgressLine.running(stage, now, width))
                .toList();
    }

    private List<Stage> stages() {
        synchronized (running) {
            return List.copyOf(running.values());
        }
    }
}
