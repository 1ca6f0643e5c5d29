package io.tidemark.progress;

/** Where long steps tell how far they are. Called from several threads; never throws, never blocks for long. */
public interface Progress {
    /** What an amount counts. */
    enum Unit {
        BYTES,
        ROWS,
        FILES,
        STEPS
    }

    /** @param total in {@code unit}; negative where it is not known beforehand */
    void begin(String stage, long total, Unit unit);

    void advance(String stage, long amount);

    /** @param summary one line for people, e.g. {@code 9 tables, 8 600 000 rows} */
    void end(String stage, String summary);

    static Progress none() {
        return new Progress() {
            @Override
            public void begin(String stage, long total, Unit unit) {}

            @Override
            public void advance(String stage, long amount) {}

            @Override
            public void end(String stage, String summary) {}
        };
    }
}
