package io.tidemark.deploy.soak;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * What the command line of {@code deploy/soak} asks for.
 *
 * @param time how long writers write; the last check comes after it
 */
public record SoakOptions(Duration time, long seed, boolean keep, boolean help) {
    static final String USAGE = """
            usage: deploy/soak --minutes N [--seed S] [--keep]

            Runs both nodes as services with a partial each second on two PostgreSQL servers and an SFTP server
            of its own, while writers change random tables, completes come at random, nodes are killed and the
            link is cut. Every 10 to 20 seconds the writers pause, and the replica has to equal the primary.

              --minutes N   how long; fractions are fine
              --seed S      repeats the schema and the work of an earlier run (default: another each time)
              --keep        leave the folder with settings, logs, bundles and archive to look at

            The last line is soak: OK seed=… bundles=… checks=… or begins with soak: FAILED; the exit code is 0 or 1.
            """;

    public SoakOptions {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("--minutes must be more than 0");
        }
    }

    /** @throws IllegalArgumentException for what it does not know; its message names it */
    static SoakOptions parse(List<String> arguments) {
        double minutes = -1;
        long seed = System.nanoTime() & 0xff_ffff;
        boolean keep = false;
        for (Iterator<String> words = arguments.iterator(); words.hasNext(); ) {
            String word = words.next();
            switch (word) {
                case "--minutes" -> minutes = Double.parseDouble(value(word, words));
                case "--seed" -> seed = Long.parseLong(value(word, words));
                case "--keep" -> keep = true;
                case "--help", "-h" -> {
                    return new SoakOptions(Duration.ofMinutes(1), seed, keep, true);
                }
                default -> throw new IllegalArgumentException("unknown argument: " + word);
            }
        }
        return new SoakOptions(Duration.ofMillis(Math.round(minutes * 60_000)), seed, keep, false);
    }

    private static String value(String word, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(word + " needs a value");
        }
        return words.next();
    }
}
