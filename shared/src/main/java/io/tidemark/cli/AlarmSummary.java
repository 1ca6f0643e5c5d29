package io.tidemark.cli;

import io.tidemark.alarm.OpenAlarms;
import io.tidemark.cli.Console.Colour;
import io.tidemark.text.Human;

/** Open alarms, and channels that do not deliver, as lines of {@code status}. */
public final class AlarmSummary {
    private AlarmSummary() {}

    public static void print(Console console, OpenAlarms open) {
        for (OpenAlarms.Open alarm : open.alarms()) {
            Summary.line(
                    console,
                    "alarm",
                    console.paint(Colour.RED, alarm.alarm()) + " since " + Human.time(alarm.since()) + ": "
                            + alarm.message());
            Summary.line(console, "", "hint: " + alarm.hint());
        }
        for (OpenAlarms.Undelivered each : open.undelivered()) {
            String waiting = each.waiting() == 0 ? "" : Human.count(each.waiting(), "alarm") + " not delivered, ";
            Summary.line(
                    console,
                    "channel",
                    console.paint(Colour.RED, each.channel()) + ": " + waiting + "failing since "
                            + Human.time(each.since()) + ": " + each.message());
            Summary.line(console, "", "hint: " + each.hint());
        }
        if (open.alarms().isEmpty() && open.undelivered().isEmpty()) {
            Summary.line(console, "alarms", "none");
        }
    }
}
