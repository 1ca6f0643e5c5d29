package io.tidemark.deploy.bench;

import java.util.Iterator;
import java.util.List;

/**
 * What {@code deploy/bench partial} is asked for.
 *
 * @param transactions of pgbench in the first workload
 * @param rows inserted and deleted at once
 * @param seconds that each turn of a measure of throughput lasts; the lag is measured for three times as long
 */
record PartialOptions(boolean json, boolean keep, int transactions, int rows, int seconds) {
    static final String USAGE = """
            usage: deploy/bench partial [--json] [--keep] [--transactions N] [--rows N] [--seconds N]

            Measures partials at a schedule of one second beside PostgreSQL's own logical replication, on the same two servers and with the
            same work: (a) transactions of pgbench -N and one insert of many rows, (b) 50 updates of all of 10 000 rows in one transaction,
            and (b_apart) in 50, (c) one delete of many rows; from the end of the work until the replica has it. Then the lag under 1000
            transactions a second, and what the application's throughput is without partials, with the sender, and with all of both
            servers on this machine; also that with native replication.

              --json            one JSON object on standard output
              --transactions N  of pgbench in (a) (default 133000)
              --rows N          inserted in (a), deleted in (c) (default 1000000)
              --seconds N       of each of 48 turns that measure throughput; lag is measured for three times as long (default 12)
              --keep            leave the folder with everything to look at
            """;

    PartialOptions {
        if (transactions < 4 || rows < 1 || seconds < 1) {
            throw new IllegalArgumentException("--transactions, --rows and --seconds must be more than nothing");
        }
    }

    /** @throws IllegalArgumentException for what it does not know; its message names it */
    static PartialOptions parse(List<String> arguments) {
        PartialOptions options = new PartialOptions(false, false, 133_000, 1_000_000, 12);
        for (Iterator<String> words = arguments.iterator(); words.hasNext(); ) {
            options = options.with(words.next(), words);
        }
        return options;
    }

    private PartialOptions with(String word, Iterator<String> words) {
        return switch (word) {
            case "--json" -> new PartialOptions(true, keep, transactions, rows, seconds);
            case "--keep" -> new PartialOptions(json, true, transactions, rows, seconds);
            case "--transactions" -> new PartialOptions(json, keep, number(word, words), rows, seconds);
            case "--rows" -> new PartialOptions(json, keep, transactions, number(word, words), seconds);
            case "--seconds" -> new PartialOptions(json, keep, transactions, rows, number(word, words));
            default -> throw new IllegalArgumentException("unknown argument: " + word);
        };
    }

    private static int number(String word, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(word + " needs a value");
        }
        return Integer.parseInt(words.next());
    }
}
