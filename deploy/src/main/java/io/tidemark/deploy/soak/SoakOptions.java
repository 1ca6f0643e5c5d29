package io.tidemark.deploy.soak;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * What the command line of {@code deploy/soak} asks for.
 *
 * @param time how long writers write; the last check comes after it
 * @param without what is left out
 * @param tables how many of the random tables with keys there are at most
 * @param shrink whether a failure is followed by runs with less and less
 */
public record SoakOptions(
        Duration time, long seed, Set<Part> without, int tables, boolean shrink, boolean keep, boolean help) {
    static final int ALL_TABLES = 7;
    static final String USAGE = """
            usage: deploy/soak --minutes N [--seed S] [--without WHAT,…] [--tables N] [--shrink] [--keep]

            Runs both nodes as services with a partial each second on two PostgreSQL servers and an SFTP server
            of its own, while writers change random tables and their definitions, completes come at random, nodes
            are killed, the link is cut, volumes come late or twice, tables are held and the slot is lost. After every bundle the
            replica has to hold what the primary held at the bundle's position: triggers note with each transaction
            what it does to each table's count and checksum. Every 10 to 20 seconds the writers pause, and all rows
            are compared.

              --minutes N   how long; fractions are fine
              --seed S      repeats the schema and the work of an earlier run (default: another each time)
              --without W   leave something out: definitions, prepared, truncates, moves, slot, completes, delivery,
                            holds, kills, stops, cuts, sessions, writers (all but one), keyless, partitions, references
              --tables N    of the random tables with keys only the first N
              --shrink      where it fails, run it again with fewer tables and without one thing after another, and tell
                            what is left
              --keep        leave the folder with settings, logs, bundles and archive to look at

            The last line is soak: OK seed=… bundles=… compared=… checks=… or begins with soak: FAILED; the exit code is 0 or 1.
            """;

    public SoakOptions {
        without = Set.copyOf(without);
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("--minutes must be more than 0");
        }
        if (tables < 1) {
            throw new IllegalArgumentException("--tables must be 1 or more");
        }
    }

    /** All of it. */
    public static SoakOptions of(Duration time, long seed) {
        return new SoakOptions(time, seed, Set.of(), ALL_TABLES, false, false, false);
    }

    boolean has(Part part) {
        return !without.contains(part);
    }

    SoakOptions without(Set<Part> less) {
        return new SoakOptions(time, seed, less, tables, false, false, false);
    }

    SoakOptions withTables(int fewer) {
        return new SoakOptions(time, seed, without, fewer, false, false, false);
    }

    /** @throws IllegalArgumentException for what it does not know; its message names it */
    static SoakOptions parse(List<String> arguments) {
        double minutes = -1;
        long seed = System.nanoTime() & 0xff_ffff;
        int tables = ALL_TABLES;
        boolean keep = false;
        boolean shrink = false;
        Set<Part> without = EnumSet.noneOf(Part.class);
        for (Iterator<String> words = arguments.iterator(); words.hasNext(); ) {
            String word = words.next();
            switch (word) {
                case "--minutes" -> minutes = Double.parseDouble(value(word, words));
                case "--seed" -> seed = Long.parseLong(value(word, words));
                case "--without" -> without = Part.parse(value(word, words));
                case "--tables" -> tables = Integer.parseInt(value(word, words));
                case "--shrink" -> shrink = true;
                case "--keep" -> keep = true;
                case "--help", "-h" -> {
                    return new SoakOptions(Duration.ofMinutes(1), seed, without, tables, shrink, keep, true);
                }
                default -> throw new IllegalArgumentException("unknown argument: " + word);
            }
        }
        return new SoakOptions(
                Duration.ofMillis(Math.round(minutes * 60_000)), seed, without, tables, shrink, keep, false);
    }

    private static String value(String word, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(word + " needs a value");
        }
        return words.next();
    }
}
