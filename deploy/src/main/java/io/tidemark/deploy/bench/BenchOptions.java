package io.tidemark.deploy.bench;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the command line of {@code deploy/bench} asks for.
 *
 * @param contestants of {@link #ALL}
 */
record BenchOptions(
        double scale,
        boolean json,
        boolean keep,
        boolean help,
        boolean install,
        int rounds,
        int days,
        Set<String> contestants) {
    static final String OURS = "ours";
    static final Set<String> ALL = Set.of(OURS, PgDumpPeer.NAME, PgCopyDbPeer.NAME, SetupAPeer.NAME);
    static final String USAGE = """
            usage: deploy/bench complete [--scale S] [--json] [--only NAMES] [--rounds N] [--days N] [--no-install] [--keep]

            Measures a complete from one PostgreSQL server to another, from its start to a replica that is loaded and equal, beside
            other ways to do it; then a complete with nothing changed, one after a day's work, and what ten of them take in the archive.

              --scale S     size of the database; 1 is 1.7 million rows, 300 MB (default 1)
              --json        one JSON object on standard output
              --only NAMES  of ours, pg_dump, pgcopydb, setup_a, separated by commas
              --rounds N    measure everyone N times in turn and take the best (default 3; setup_a once)
              --days N      completes of the series in the archive, the first one included (default 10; 1 leaves the series out)
              --no-install  do not install pgcopydb and openssh-server where they are missing
              --keep        leave the folder with everything to look at
            """;

    BenchOptions {
        contestants = Set.copyOf(contestants);
        if (scale < 0.01 || scale > 1000) {
            throw new IllegalArgumentException("--scale must be between 0.01 and 1000");
        }
        if (rounds < 1 || rounds > 100 || days < 1 || days > 1000) {
            throw new IllegalArgumentException("--rounds and --days must be at least 1");
        }
        if (!ALL.containsAll(contestants) || contestants.isEmpty()) {
            throw new IllegalArgumentException("--only takes some of " + String.join(", ", new TreeSet<>(ALL)));
        }
    }

    /** @throws IllegalArgumentException for what it does not know; its message names it */
    static BenchOptions parse(List<String> arguments) {
        BenchOptions options = new BenchOptions(1, false, false, false, true, 3, 10, ALL);
        boolean named = false;
        for (Iterator<String> words = arguments.iterator(); words.hasNext(); ) {
            String word = words.next();
            named |= word.equals("complete");
            options = options.with(word, words);
        }
        if (!named && !options.help) {
            throw new IllegalArgumentException("say what to measure: complete or partial");
        }
        return options;
    }

    private BenchOptions with(String word, Iterator<String> words) {
        return switch (word) {
            case "complete" -> this;
            case "--json" -> new BenchOptions(scale, true, keep, help, install, rounds, days, contestants);
            case "--keep" -> new BenchOptions(scale, json, true, help, install, rounds, days, contestants);
            case "--help", "-h" -> new BenchOptions(scale, json, keep, true, install, rounds, days, contestants);
            case "--no-install" -> new BenchOptions(scale, json, keep, help, false, rounds, days, contestants);
            case "--scale" ->
                new BenchOptions(
                        Double.parseDouble(value(word, words)), json, keep, help, install, rounds, days, contestants);
            case "--rounds" ->
                new BenchOptions(
                        scale, json, keep, help, install, Integer.parseInt(value(word, words)), days, contestants);
            case "--days" ->
                new BenchOptions(
                        scale, json, keep, help, install, rounds, Integer.parseInt(value(word, words)), contestants);
            case "--only" ->
                new BenchOptions(
                        scale,
                        json,
                        keep,
                        help,
                        install,
                        rounds,
                        days,
                        Set.of(value(word, words).split(",", -1)));
            default -> throw new IllegalArgumentException("unknown argument: " + word);
        };
    }

    private static String value(String word, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(word + " needs a value");
        }
        return words.next();
    }
}
