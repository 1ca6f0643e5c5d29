package io.tidemark.alarm;

import io.tidemark.Version;
import io.tidemark.alarm.Notice.Event;
import io.tidemark.text.Human;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Puts news into words.
 *
 * @param node such as {@code sender of shop}
 */
record Wording(String node, String host) {
    private static final int LONGEST_SUBJECT = 120;

    static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "an unnamed host";
        }
    }

    Notice opened(Incident incident, Instant now, Optional<LogTail> log) {
        String text = fact("what", incident.message())
                + fact("since", moment(incident.since(), now) + times(incident))
                + fact("hint", incident.hint())
                + fact(
                        "alarm",
                        incident.id() + "; docs/OPERATIONS.md says what to do, under "
                                + incident.id().name())
                + signature()
                + log.map(Wording::tail).orElse("");
        return notice(Event.OPENED, incident, incident.id() + ": " + incident.message(), text);
    }

    Notice over(Incident incident, Instant end) {
        String lasted = Human.duration(between(incident.since(), end));
        String text = fact("over", incident.id() + ", after " + lasted + times(incident))
                + fact("was", incident.message())
                + fact("from", Human.time(incident.since()) + " UTC")
                + fact("to", Human.time(end) + " UTC")
                + signature();
        return notice(Event.OVER, incident, "over: " + incident.id() + ", after " + lasted, text);
    }

    Notice done(String kind, String summary, Instant now) {
        String text = fact("done", summary) + fact("at", Human.time(now) + " UTC") + signature();
        return new Notice(Event.DONE, kind, subject(summary), summary, "", now, text);
    }

    Notice test(Instant now) {
        String text = fact("test", "this is what an alarm looks like; nothing is wrong")
                + fact("at", Human.time(now) + " UTC")
                + signature();
        return new Notice(Event.TEST, "test", subject("test of the alarms"), "nothing is wrong", "", now, text);
    }

    private Notice notice(Event event, Incident incident, String subject, String text) {
        return new Notice(
                event,
                incident.id().toString(),
                subject(subject),
                incident.message(),
                incident.hint(),
                incident.since(),
                text);
    }

    private String subject(String text) {
        String whole = "[tidemark " + node + "] " + text.lines().findFirst().orElse("");
        return whole.length() <= LONGEST_SUBJECT ? whole : whole.substring(0, LONGEST_SUBJECT - 1) + "…";
    }

    private String signature() {
        return fact("node", node + " on " + host + ", tidemark " + Version.current());
    }

    private static String tail(LogTail tail) {
        return fact("log", tail.log() + ", its last lines:") + "\n" + String.join("\n", tail.lines()) + "\n";
    }

    private static String times(Incident incident) {
        return incident.times() > 1 ? ", met " + Human.count(incident.times(), "time") : "";
    }

    private static String moment(Instant since, Instant now) {
        return Human.time(since) + " UTC, for " + Human.duration(between(since, now));
    }

    /** A clock that was set back makes nothing negative. */
    private static Duration between(Instant since, Instant now) {
        return now.isBefore(since) ? Duration.ZERO : Duration.between(since, now);
    }

    private static String fact(String name, String value) {
        return String.format("%-7s", name + ":") + value.replace("\n", "\n       ") + "\n";
    }
}
