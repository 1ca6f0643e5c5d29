package io.tidemark.deploy.soak;

import io.tidemark.deploy.soak.SoakTable.Column;
import io.tidemark.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A random schema: some tables with keys of every kind that refer to each other, one of them partitioned, one without a key, and the mark that
 * tells how far all has come.
 */
record SoakSchema(List<SoakTable> tables) {
    private static final List<String> WORDS =
            List.of("bus", "Stop Area", "route", "tick\"et", "select", "Zürich", "zone");

    private static final String KEYLESS = "loose";

    SoakSchema {
        tables = List.copyOf(tables);
    }

    /** What the options leave out changes nothing else. */
    static SoakSchema generate(Random random, SoakOptions options) {
        List<SoakTable> tables = new ArrayList<>();
        int count = 4 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            tables.add(
                    i == 1
                            ? partitioned(random, options)
                            : table(random, WORDS.get(i % WORDS.size()), tables, options));
        }
        SoakTable keyless = keyless(random);
        List<SoakTable> kept = new ArrayList<>(tables.subList(0, Math.min(count, options.tables())));
        if (options.has(Part.KEYLESS)) {
            kept.add(keyless);
        }
        return new SoakSchema(kept);
    }

    /** Whether a table travels with completes alone. */
    static boolean isKeyless(String relation) {
        return relation.equals("public." + KEYLESS);
    }

    /** The same row may be there several times. */
    private static SoakTable keyless(Random random) {
        List<Column> found = List.of(new Column("k0", "int", ""));
        List<Column> columns = columns(random);
        return new SoakTable(
                KEYLESS,
                found,
                columns,
                List.of("create table " + KEYLESS + " (" + definitions(found, "") + definitionsOf(columns) + ")"));
    }

    private static SoakTable table(Random random, String name, List<SoakTable> earlier, SoakOptions options) {
        List<Column> key = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            key.add(new Column("k" + i, pick(random, Values.KEY_TYPES), ""));
        }
        List<Column> columns = columns(random);
        List<String> more = new ArrayList<>();
        references(random, earlier, columns, more, options);
        if (random.nextInt(2) == 0) {
            columns.add(new Column("only one", "int", ""));
            more.add("unique (\"only one\")" + (random.nextInt(3) == 0 ? " deferrable initially deferred" : ""));
        }
        String table = TableName.quote(name);
        List<String> statements = new ArrayList<>();
        boolean whole = random.nextInt(4) == 0;
        more.add((whole ? "unique (" : "primary key (") + names(key) + ")");
        statements.add("create table " + table + " (" + definitions(key, " not null") + definitionsOf(columns) + ", "
                + String.join(", ", more) + ")");
        if (whole) {
            statements.add("alter table " + table + " replica identity full");
        }
        columns.stream()
                .filter(column -> column.type().equals("text"))
                .forEach(column ->
                        statements.add("alter table " + table + " alter " + column.quoted() + " set storage external"));
        return new SoakTable(name, key, columns, statements);
    }

    private static void references(
            Random random,
            List<SoakTable> earlier,
            List<Column> columns,
            List<String> constraints,
            SoakOptions options) {
        List<SoakTable> parents =
                earlier.stream().filter(table -> table.key().size() == 1).toList();
        if (!parents.isEmpty() && random.nextInt(3) > 0) {
            SoakTable parent = parents.get(random.nextInt(parents.size()));
            columns.add(new Column("of", parent.key().get(0).type(), parent.quoted()));
            String constraint = "foreign key (\"of\") references " + parent.quoted()
                    + " (k0) on update cascade on delete " + (random.nextBoolean() ? "cascade" : "set null");
            if (options.has(Part.REFERENCES)) {
                constraints.add(constraint);
            }
        }
    }

    private static SoakTable partitioned(Random random, SoakOptions options) {
        List<Column> key = List.of(new Column("k0", "int", ""), new Column("k1", pick(random, Values.KEY_TYPES), ""));
        List<Column> columns = columns(random);
        String create = "create table parted (" + definitions(key, " not null") + definitionsOf(columns)
                + ", primary key (k0, k1))";
        if (!options.has(Part.PARTITIONS)) {
            return new SoakTable("parted", key, columns, List.of(create));
        }
        return new SoakTable(
                "parted",
                key,
                columns,
                List.of(
                        create + " partition by range (k0)",
                        "create table parted_low partition of parted for values from (minvalue) to (50)",
                        "create table parted_mid partition of parted for values from (50) to (100) partition by hash (k1)",
                        "create table parted_mid_0 partition of parted_mid for values with (modulus 2, remainder 0)",
                        "create table parted_mid_1 partition of parted_mid for values with (modulus 2, remainder 1)",
                        "create table parted_rest partition of parted default"));
    }

    private static List<Column> columns(Random random) {
        List<Column> columns = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            columns.add(new Column("c" + i, random.nextInt(3) == 0 ? "text" : pick(random, Values.TYPES), ""));
        }
        return columns;
    }

    private static String definitionsOf(List<Column> columns) {
        return columns.isEmpty() ? "" : ", " + definitions(columns, "");
    }

    private static String definitions(List<Column> columns, String more) {
        return columns.stream()
                .map(column -> column.quoted() + " " + column.type() + more)
                .collect(Collectors.joining(", "));
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(Column::quoted).collect(Collectors.joining(", "));
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** All statements, the types and the mark's table included. */
    String sql() {
        return "create type mood as enum ('low', 'high', 'it''s \"odd\", so');"
                + "create domain short as varchar(30) check (length(value) < 25);"
                + "create table mark (id int primary key, n int); insert into mark values (1, 0);"
                + BankReader.TABLES
                + tables.stream().flatMap(table -> table.statements().stream()).collect(Collectors.joining(";\n"))
                + ";\n"
                + Stream.concat(
                                Stream.of("mark", "bank", "till"),
                                tables.stream().map(SoakTable::quoted))
                        .map(table -> "select soak.watch('" + table + "');")
                        .collect(Collectors.joining("\n"));
    }
}
