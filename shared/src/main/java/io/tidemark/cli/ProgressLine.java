package io.tidemark.cli;

import io.tidemark.progress.Progress.Unit;
import io.tidemark.text.Human;
import java.time.Duration;
import java.util.Locale;

/** One line of progress, as wide as the terminal at most. ASCII alone, so that every console shows it. */
final class ProgressLine {
    private static final int NAME_WIDTH = 18;
    private static final int LEAST_BAR = 8;
    private static final int MOST_BAR = 30;

    private ProgressLine() {}

    static String running(Stage stage, long nowNanos, int width) {
        String tail = amounts(stage) + pace(stage, nowNanos);
        String head = "  " + pad(stage.name());
        if (stage.total() <= 0) {
            return cut(head + " " + tail, width);
        }
        double share = Math.min(1, stage.done() / (double) stage.total());
        String percent = String.format(Locale.ROOT, "%3d %%", (int) (share * 100));
        int room = width - 1 - head.length() - percent.length() - tail.length() - 6;
        String bar = room < LEAST_BAR ? "" : " " + bar(share, Math.min(MOST_BAR, room));
        return cut(head + bar + " " + percent + "  " + tail, width);
    }

    static String ended(Stage stage, String summary, long nowNanos, int width) {
        Duration age = stage.age(nowNanos);
        double seconds = age.toNanos() / 1e9;
        boolean telling = stage.unit() != Unit.STEPS && stage.done() > 0 && seconds >= 0.1;
        String rate = telling ? ", " + rate(stage.unit(), stage.done() / seconds) : "";
        return cut("  " + pad(stage.name()) + " " + summary + "  (" + Human.duration(age) + rate + ")", width);
    }

    private static String amounts(Stage stage) {
        String done = amount(stage.unit(), stage.done());
        return stage.total() <= 0 ? done : done + " of " + amount(stage.unit(), stage.total());
    }

    private static String pace(Stage stage, long nowNanos) {
        if (stage.unit() == Unit.STEPS || stage.rate() < 1) {
            return "  " + Human.duration(wholeSeconds(stage.age(nowNanos)));
        }
        String rate = "  " + rate(stage.unit(), stage.rate());
        long left = stage.total() - stage.done();
        if (stage.total() <= 0 || left <= 0) {
            return rate;
        }
        long seconds = (long) Math.ceil(left / stage.rate());
        return rate + "  " + Human.duration(Duration.ofSeconds(seconds)).replaceFirst("\\.0 s", " s") + " left";
    }

    private static Duration wholeSeconds(Duration duration) {
        return Duration.ofSeconds(duration.toSeconds());
    }

    private static String rate(Unit unit, double perSecond) {
        return amount(unit, Math.round(perSecond)) + "/s";
    }

    private static String amount(Unit unit, long amount) {
        return switch (unit) {
            case BYTES -> Human.bytes(amount);
            case ROWS -> Human.count(amount, "row");
            case FILES -> Human.count(amount, "file");
            case STEPS -> Human.count(amount);
        };
    }

    private static String bar(double share, int width) {
        int full = (int) (share * width);
        return "[" + "#".repeat(full) + "-".repeat(width - full) + "]";
    }

    private static String pad(String name) {
        return name.length() >= NAME_WIDTH ? name : name + " ".repeat(NAME_WIDTH - name.length());
    }

    private static String cut(String line, int width) {
        int most = Math.max(20, width - 1);
        return line.codePointCount(0, line.length()) <= most
                ? line
                : line.substring(0, line.offsetByCodePoints(0, most - 3)) + "...";
    }
}
