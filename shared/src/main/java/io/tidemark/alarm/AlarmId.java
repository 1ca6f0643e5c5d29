package io.tidemark.alarm;

import io.tidemark.failure.FailureCode;

/**
 * Which incident: as long as one is open, all that happens under its id belongs to it.
 *
 * @param subject the route, or what several routes share, such as {@code link}
 * @param what a failure code or condition, as a word
 * @param about which of several things, such as a source or a step's name; empty where there is only one
 */
public record AlarmId(String subject, String what, String about) {
    public AlarmId {
        if (subject.isEmpty() || what.isEmpty()) {
            throw new IllegalArgumentException("an alarm without a name: " + subject + "." + what);
        }
    }

    public static AlarmId of(String subject, FailureCode code) {
        return new AlarmId(subject, Condition.word(code), "");
    }

    public static AlarmId of(String subject, Condition condition) {
        return new AlarmId(subject, condition.word(), "");
    }

    public AlarmId about(String thing) {
        return new AlarmId(subject, what, thing);
    }

    /** Without what it is about, as docs/OPERATIONS.md names it. */
    public String name() {
        return subject + "." + what;
    }

    @Override
    public String toString() {
        return about.isEmpty() ? name() : name() + " (" + about + ")";
    }
}
