package io.tidemark.alarm;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
        List<Undelivered> undelivered = new ArrayList<>();
        for (AlarmState.Trouble each : state.troubles()) {
            long count = waiting(state, each.channel()).count();
            undelivered.add(new Undelivered(each.channel(), each.message(), each.hint(), each.since(), count));
        }
        state.waiting().stream()
                .map(AlarmState.Waiting::channel)
                .distinct()
                .filter(channel ->
                        undelivered.stream().noneMatch(each -> each.channel().equals(channel)))
                .forEach(channel -> undelivered.add(new Undelivered(
                        channel,
                        "not delivered yet",
                        "nothing, unless it stays so; then check --alerts tells why",
                        waiting(state, channel)
                                .map(each -> each.notice().since())
                                .findFirst()
                                .orElseThrow(),
                        waiting(state, channel).count())));
        return new OpenAlarms(
                state.incidents().stream()
                        .filter(incident -> !incident.isOver())
                        .map(each ->
                                new Open(each.id().toString(), each.message(), each.hint(), each.since(), each.told()))
                        .toList(),
                undelivered);
    }

    private static Stream<AlarmState.Waiting> waiting(AlarmState state, String channel) {
        return state.waiting().stream().filter(each -> each.channel().equals(channel));
    }
}
