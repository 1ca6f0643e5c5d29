package io.tidemark.deploy.bench;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that was measured, in the order in which it came. */
final class Figured {
    private final Map<String, Measured> contestants = new LinkedHashMap<>();
    private final Map<String, Object> ours = new LinkedHashMap<>();
    private final Map<String, Object> ground = new LinkedHashMap<>();
    private final Map<String, Double> ratios = new LinkedHashMap<>();
    private final Map<Goal, Double> reached = new EnumMap<>(Goal.class);

    void ground(String key, Object value) {
        ground.put(key, value);
    }

    /** The better of this and what was known. */
    void contestant(String name, Measured measured) {
        contestants.merge(name, measured, Measured::better);
    }

    void ours(String key, Object value) {
        ours.put(key, value);
    }

    void ratio(String key, double value) {
        ratios.put(key, value);
        goal(key, value);
    }

    /** Counts only where a goal has that name. */
    void goal(String key, double value) {
        for (Goal goal : Goal.values()) {
            if (goal.key().equals(key)) {
                reached.put(goal, value);
            }
        }
    }

    @Nullable
    Measured of(String contestant) {
        return contestants.get(contestant);
    }

    Map<String, Measured> contestants() {
        return contestants;
    }

    Map<String, Object> ours() {
        return ours;
    }

    Map<String, Object> ground() {
        return ground;
    }

    Map<String, Double> ratios() {
        return ratios;
    }

    /** Goals for which there is a figure. */
    Map<Goal, Double> reached() {
        return reached;
    }
}
