package io.tidemark.deploy.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tidemark.deploy.kit.Figures;
import io.tidemark.deploy.kit.KitException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was measured, for people and for scripts. */
final class Report {

    private Report() {}

    static String line(String name, Measured measured) {
        return String.format(
                Locale.ROOT,
                "%-20s %8.2f s %12s on the wire %12s of memory",
                name,
                measured.seconds(),
                Figures.bytes(measured.bytes()),
                Figures.bytes(measured.peakBytes()));
    }

    static Map<String, Object> json(Measured measured) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("seconds", measured.seconds());
        json.put("bytes", measured.bytes());
        json.put("peak_bytes", measured.peakBytes());
        return json;
    }

    static String json(Figured figured) {
        Map<String, Object> ours = new LinkedHashMap<>();
        Map<String, Object> peers = new LinkedHashMap<>();
        figured.contestants().forEach((name, measured) -> {
            if (name.equals(BenchOptions.OURS)) {
                ours.putAll(json(measured));
            } else {
                peers.put(name, json(measured));
            }
        });
        ours.putAll(figured.ours());
        Map<String, Object> goals = new LinkedHashMap<>();
        Map<String, Object> met = new LinkedHashMap<>();
        figured.reached().forEach((goal, value) -> {
            goals.put(goal.key(), goal.limit());
            met.put(goal.key(), value <= goal.limit());
        });
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("ground", figured.ground());
        all.put("ours", ours);
        all.put("peers", peers);
        all.put("ratios", figured.ratios());
        all.put("goals", goals);
        all.put("met", met);
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new KitException("the report cannot be written as JSON", e);
        }
    }

    static String table(Figured figured) {
        StringBuilder text = new StringBuilder("\n");
        figured.ground().forEach((key, value) -> text.append(String.format(Locale.ROOT, "%-16s %s%n", key, value)));
        text.append('\n');
        figured.contestants()
                .forEach((name, measured) -> text.append(line(name, measured)).append('\n'));
        text.append('\n');
        figured.ratios().forEach((key, value) -> text.append(String.format(Locale.ROOT, "%-20s %8.3f%n", key, value)));
        text.append('\n');
        figured.reached().forEach((goal, value) -> text.append(goal(goal, value)));
        return text.toString();
    }

    private static String goal(Goal goal, double value) {
        String word = value <= goal.limit() ? "met" : "MISSED";
        boolean bytes = goal.limit() > 1e6;
        String is = bytes ? Figures.bytes((long) value) : String.format(Locale.ROOT, "%.3f", value);
        String limit = bytes ? Figures.bytes((long) goal.limit()) : String.format(Locale.ROOT, "%.3f", goal.limit());
        return String.format(
                Locale.ROOT, "%-7s %-20s %10s of at most %8s  %s%n", word, goal.key(), is, limit, goal.of());
    }
}
