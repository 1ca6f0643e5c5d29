package io.tidemark.alarm;

import io.tidemark.check.Finding;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Sends a real test through each channel, one after another, and says what came of it. */
public final class AlarmTrial {
    private final AlarmSettings settings;
    private final Notice notice;

    /** @param node such as {@code sender of shop} */
    public AlarmTrial(AlarmSettings settings, String node, Clock clock) {
        this.settings = settings;
        this.notice = new Wording(node, Wording.thisHost()).test(clock.instant());
    }

    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (Channel channel : settings.channels()) {
            findings.add(attempt(channel.key(), "a test was delivered", () -> channel.deliver(notice)));
        }
        settings.pings().values().stream()
                .sorted((a, b) -> a.key().compareTo(b.key()))
                .forEach(url -> findings.add(attempt(url.key(), "pinged " + url, url::ping)));
        if (findings.isEmpty()) {
            findings.add(Finding.note(
                    "mail.host",
                    "no channel is set: nobody is told when something fails",
                    "set mail.host, alarm.command or ping.complete"));
        }
        return findings;
    }

    /** Something that may fail in the ways of a channel. */
    private interface Attempt {
        void run() throws IOException, InterruptedException;
    }

    private static Finding attempt(String key, String well, Attempt attempt) {
        try {
            attempt.run();
            return Finding.ok(key, well);
        } catch (DeliveryException failure) {
            return Finding.problem(key, failure.text(), failure.hint());
        } catch (IOException failure) {
            return Finding.problem(key, failure.toString(), "see what stands behind " + key);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Finding.problem(key, "stopped before it was tried", "run the check again");
        }
    }
}
