package io.tidemark.deploy.kit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares two databases' schemas by the statements that pg_dump gives for them, whatever their order. */
public final class SchemaCompare {

    private SchemaCompare() {}

    /**
     * Owners, grants and publications do not count, nor does Tidemark's own schema.
     *
     * @param targetsOwn schemas that only the target has, and may have
     * @return lines {@code - statement} for what only the source has and {@code + statement} for what only the target has
     */
    public static List<String> differences(
            PostgresCluster source,
            String sourceDatabase,
            PostgresCluster target,
            String targetDatabase,
            String... targetsOwn) {
        // One program for both: the text differs from version to version.
        PostgresPrograms newer =
                source.programs().major() > target.programs().major() ? source.programs() : target.programs();
        Set<String> expected = statements(source, sourceDatabase, newer);
        Set<String> found = statements(target, targetDatabase, newer, targetsOwn);
        List<String> lines = new ArrayList<>();
        expected.stream().filter(each -> !found.contains(each)).forEach(each -> lines.add("- " + each));
        found.stream().filter(each -> !expected.contains(each)).forEach(each -> lines.add("+ " + each));
        return lines;
    }

    /** The schema as SQL, blocks separated by an empty line, without comments. */
    static Set<String> statements(
            PostgresCluster cluster, String database, PostgresPrograms programs, String... without) {
        String dump = Command.of(programs.program("pg_dump"))
                .environment(cluster.clientEnvironment())
                .with("-s", "--no-owner", "--no-privileges", "--no-publications", "--exclude-schema=tidemark")
                .with("-d", database)
                .with(Arrays.stream(without)
                        .map(schema -> "--exclude-schema=" + schema)
                        .toArray(String[]::new))
                .run();
        Set<String> blocks = new TreeSet<>();
        StringBuilder block = new StringBuilder();
        for (String line : (dump + "\n\n").lines().toList()) {
            if (line.isEmpty()) {
                blocks.add(block.toString());
                block.setLength(0);
            } else if (!line.startsWith("--") && !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict")) {
                block.append(block.isEmpty() ? "" : "\n").append(line);
            }
        }
        blocks.remove("");
        return blocks;
    }
}
