package io.tidemark.sender.watermark;

import io.tidemark.sender.watermark.Marks.Mark;
import io.tidemark.sender.watermark.Marks.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where to look for a table's new rows. A transaction that ran at the last snapshot takes its values after it has begun, so they are not
 * below the highest of a snapshot that none of those had begun at. What is older than the overlap, too, bounds the window from below; of
 * times the overlap is taken off the newest mark as well, as they may be taken long before they are written.
 */
final class Window {
    private static final int SPACING = 8;
    private static final int MOST_STEPS = 64;

    private final WatermarkTable.Column column;
    private final List<Step> steps;
    private final int bound;
    private final Duration overlap;

    private Window(WatermarkTable.Column column, List<Step> steps, int bound, Duration overlap) {
        this.column = column;
        this.steps = steps;
        this.bound = bound;
        this.overlap = overlap;
    }

    static Window of(WatermarkTable.Column column, Optional<Mark> mark, Marks marks, Duration overlap) {
        List<Step> steps = mark.map(Mark::steps).orElse(List.of());
        Instant old = marks.at().minus(overlap);
        int bound = -1;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.next() <= marks.oldest() && (bound < 0 || !step.at().isAfter(old))) {
                bound = i;
            }
        }
        return new Window(column, steps, bound, overlap);
    }

    /** Whether it takes reading the whole table. */
    boolean isOpen() {
        return bound < 0 || steps.get(bound).max() == null;
    }

    /** SQL: whether a row lies in it. */
    String condition(String row) {
        if (isOpen()) {
            return "true";
        }
        String value = row + "." + column.quoted();
        String from = literal(steps.get(bound).max());
        String last = steps.get(steps.size() - 1).max();
        return column.kind().isTime() && last != null
                ? value + " >= LEAST(" + from + ", (" + literal(last) + " - interval '" + overlap.toMillis()
                        + " milliseconds')::" + column.kind().type() + ")"
                : value + " >= " + from;
    }

    /** Before Christ and infinite values among them. */
    private String literal(@Nullable String value) {
        return "'" + value + "'::" + column.kind().type();
    }

    /** What the next window needs of the past. */
    List<Step> past() {
        return steps.subList(Math.max(bound, 0), steps.size());
    }

    /** Whether another step would be worth its place. */
    boolean wantsStep(Moment now) {
        return steps.isEmpty()
                || !steps.get(steps.size() - 1)
                        .at()
                        .plus(overlap.dividedBy(SPACING))
                        .isAfter(now.at());
    }

    List<Step> withStep(Moment now, @Nullable String max) {
        List<Step> longer = new ArrayList<>(past());
        longer.add(new Step(now.at(), now.next(), max));
        if (longer.size() > MOST_STEPS) {
            for (int i = longer.size() - 2; i > 0; i -= 2) {
                longer.remove(i);
            }
        }
        return longer;
    }
}
