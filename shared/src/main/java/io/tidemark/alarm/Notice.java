package io.tidemark.alarm;

import io.tidemark.text.PlainText;
import java.time.Instant;

/**
 * One piece of news for people.
 *
 * @param alarm which incident it is about, or the kind of what was done
 * @param subject a line without line feeds
 * @param since when it began
 * @param text all of it
 */
record Notice(Event event, String alarm, String subject, String message, String hint, Instant since, String text) {
    /** Fits into a pipe that nobody reads. */
    private static final int LONGEST = 16 << 10;

    Notice {
        String plain = PlainText.of(text);
        text = plain.length() <= LONGEST ? plain : PlainText.of(plain.substring(0, LONGEST)) + "…\n";
        subject = PlainText.of(subject).replaceAll("\\s+", " ").strip();
    }

    /** What happened. */
    enum Event {
        OPENED,
        OVER,
        DONE,
        TEST
    }
}
