package io.tidemark.alarm;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What the running service, or the last one, has to complain of; for {@code status}.
 *
 * @param undelivered channels that do not deliver, and how much waits for each
 */
public record OpenAlarms(List<Open> alarms, List<Undelivered> undelivered) {
    public OpenAlarms {
        alarms = List.copyOf(alarms);
        undelivered = List.copyOf(undelivered);
    }

    /**
     * An incident.
     *
     * @param alarm its id, by which docs/OPERATIONS.md finds it
     * @param told whether people were told of it, or are spared still
     */
    public record Open(String alarm, String message, String hint, Instant since, boolean told) {}

    /** @param waiting pieces of news */
    public record Undelivered(String channel, String message, String hint, Instant since, long waiting) {}

    public static OpenAlarms read(Path workFolder) {
        AlarmState state = new AlarmFile(workFolder).read();
        return new OpenAlarms(
                state.incidents().stream()
                        .filter(incident -> !incident.isOver())
                        .map(each ->
                                new Open(each.id().toString(), each.message(), each.hint(), each.since(), each.told()))
                        .toList(),
                state.troubles().stream()
                        .map(each -> new Undelivered(
                                each.channel(),
                                each.message(),
                                each.hint(),
                                each.since(),
                                state.waiting().stream()
                                        .filter(waiting -> waiting.channel().equals(each.channel()))
                                        .count()))
                        .toList());
    }
}
