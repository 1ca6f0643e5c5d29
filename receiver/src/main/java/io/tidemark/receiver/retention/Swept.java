package io.tidemark.receiver.retention;

/**
 * Contents that no kept bundle names.
 *
 * @param postponed why they were not looked for; empty where they were
 */
public record Swept(long contents, long bytes, String postponed) {
    static Swept none(String why) {
        return new Swept(0, 0, why);
    }

    Swept plus(Swept other) {
        return new Swept(
                contents + other.contents, bytes + other.bytes, postponed.isEmpty() ? other.postponed : postponed);
    }
}
