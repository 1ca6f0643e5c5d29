package io.tidemark.deploy.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tidemark.deploy.kit.KitException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the benchmark of partials measured, beside what is to be reached. */
final class PartialFigures {
    /** Of the peer's seconds. */
    private static final Map<String, Double> GOALS = Map.of("a", 1.0, "b", 0.5, "c", 1.0);

    private final Map<String, Object> ours = new LinkedHashMap<>();
    private final Map<String, Double> peer = new LinkedHashMap<>();
    private final Map<String, Double> ratios = new LinkedHashMap<>();
    private final Map<String, Double> goals = new LinkedHashMap<>();
    private final Map<String, Boolean> met = new LinkedHashMap<>();

    void peer(Map<String, Double> seconds) {
        peer.putAll(seconds);
    }

    /** Of the peer on the one machine. */
    void peerThroughput(List<Throughput> rounds) {
        peer.put("tps_without", Throughput.mean(rounds, Throughput::without));
        peer.put("tps_together", Throughput.mean(rounds, Throughput::with));
        ratios.put("one_machine_throughput_of_native", Throughput.ratio(rounds));
    }

    /** After the peer's. */
    void ours(Map<String, Double> seconds) {
        ours.putAll(seconds);
        seconds.forEach((work, took) -> {
            double ratio = took / peer.getOrDefault(work, Double.NaN);
            ratios.put("native_" + work, ratio);
            Double goal = GOALS.get(work);
            if (goal != null) {
                atMost("native_" + work, ratio, goal);
            }
        });
    }

    void lag(double half, double most) {
        ours.put("lag_p50_s", half);
        ours.put("lag_p99_s", most);
        atMost("lag_p99_s", most, 3);
    }

    /** @param oneMachine with the receiver at work beside it */
    void throughput(List<Throughput> primary, List<Throughput> oneMachine) {
        ours.put("tps_without", Throughput.mean(primary, Throughput::without));
        ours.put("tps_with", Throughput.mean(primary, Throughput::with));
        ours.put("tps_together", Throughput.mean(oneMachine, Throughput::with));
        ours.put("throughput_rounds", primary);
        ours.put("one_machine_rounds", oneMachine);
        double ratio = Throughput.ratio(primary);
        ratios.put("primary_throughput", ratio);
        ratios.put("one_machine_throughput", Throughput.ratio(oneMachine));
        goals.put("primary_throughput", 0.95);
        met.put("primary_throughput", ratio >= 0.95);
    }

    void memory(long sender, long receiver) {
        ours.put("sender_peak_bytes", sender);
        ours.put("receiver_peak_bytes", receiver);
        atMost("sender_peak_bytes", (double) sender, 400e6);
        atMost("receiver_peak_bytes", (double) receiver, 400e6);
    }

    private void atMost(String key, double value, double limit) {
        goals.put(key, limit);
        met.put(key, value <= limit);
    }

    String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("ours", ours);
        all.put("peers", Map.of(NativeReplication.NAME, peer));
        all.put("ratios", ratios);
        all.put("lag_p50_s", ours.get("lag_p50_s"));
        all.put("lag_p99_s", ours.get("lag_p99_s"));
        all.put("goals", goals);
        all.put("met", met);
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new KitException("the report cannot be written as JSON", e);
        }
    }

    String table() {
        StringBuilder text = new StringBuilder("\n");
        ratios.forEach((key, value) -> text.append(String.format(Locale.ROOT, "%-20s %8.3f%n", key, value)));
        met.forEach((key, reached) -> text.append(
                String.format(Locale.ROOT, "%-7s %-20s goal %s%n", reached ? "met" : "not met", key, goals.get(key))));
        return text.toString();
    }
}
