package io.tidemark.deploy.kit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Says whether two databases hold the same rows, by psql and md5 alone: nothing of Tidemark's own has a part in it. Compared are the
 * source's tables, materialised views and sequences, and of the target only the columns that the source has, in any order of rows.
 */
public final class TableCompare {
    /** Values are compared as text, so the text must not depend on anybody's settings. */
    private static final String PINNED =
            "-c timezone=UTC -c datestyle=ISO,YMD -c intervalstyle=postgres -c bytea_output=hex"
                    + " -c extra_float_digits=3 -c search_path=pg_catalog -c row_security=off -c xmloption=content";

    private static final String LIST = TextFiles.resource("/compare-tables.sql");

    private final PostgresCluster source;
    private final String sourceDatabase;
    private final PostgresCluster target;
    private final String targetDatabase;

    private TableCompare(PostgresCluster source, String sourceDatabase, PostgresCluster target, String targetDatabase) {
        this.source = source;
        this.sourceDatabase = sourceDatabase;
        this.target = target;
        this.targetDatabase = targetDatabase;
    }

    /** @param differences one line each, empty where the databases are equal */
    public record Outcome(int relations, long rows, List<String> differences) {
        public Outcome {
            differences = List.copyOf(differences);
        }

        public boolean equal() {
            return differences.isEmpty();
        }
    }

    public static Outcome of(
            PostgresCluster source, String sourceDatabase, PostgresCluster target, String targetDatabase) {
        return new TableCompare(source, sourceDatabase, target, targetDatabase).compare();
    }

    private Outcome compare() {
        // Each line: a name and the query that gives count and checksum of its rows.
        Map<String, String> queries = pairs(ask(source, sourceDatabase, LIST));
        CompletableFuture<Map<String, String>> there =
                CompletableFuture.supplyAsync(() -> sums(target, targetDatabase, known(queries)), Threads.ANY);
        Map<String, String> expected = sums(source, sourceDatabase, queries);
        Map<String, String> found = there.join();
        List<String> differences = new ArrayList<>();
        long rows = 0;
        for (Map.Entry<String, String> each : expected.entrySet()) {
            rows += Long.parseLong(each.getValue().split(" ", 2)[0]);
            String other = found.getOrDefault(each.getKey(), "missing");
            if (!other.equals(each.getValue())) {
                differences.add(each.getKey() + ": source " + each.getValue() + ", target " + other);
            }
        }
        return new Outcome(expected.size(), rows, differences);
    }

    /** Only what the target has, so that one missing table does not hide the others. */
    private Map<String, String> known(Map<String, String> queries) {
        Map<String, String> present = pairs(ask(target, targetDatabase, LIST));
        Map<String, String> both = new LinkedHashMap<>(queries);
        both.keySet().retainAll(present.keySet());
        return both;
    }

    private static Map<String, String> sums(PostgresCluster cluster, String database, Map<String, String> queries) {
        if (queries.isEmpty()) {
            return Map.of();
        }
        return pairs(ask(cluster, database, queries.values().stream().collect(Collectors.joining(";\n", "", ";\n"))));
    }

    private static String ask(PostgresCluster cluster, String database, String sql) {
        return cluster.psql(database)
                .with("-At", "-F", "\t")
                .environment(Map.of("PGOPTIONS", PINNED))
                .run(sql);
    }

    private static Map<String, String> pairs(String lines) {
        Map<String, String> pairs = new TreeMap<>();
        lines.lines().filter(line -> !line.isEmpty()).forEach(line -> {
            int tab = line.indexOf('\t');
            pairs.put(line.substring(0, tab), line.substring(tab + 1));
        });
        return pairs;
    }
}
