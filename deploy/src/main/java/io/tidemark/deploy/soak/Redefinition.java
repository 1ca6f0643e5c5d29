package io.tidemark.deploy.soak;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;

/** Changes of tables' definitions, each in a transaction of its own that the side record knows of. */
final class Redefinition {
    private static final List<String> TYPES = List.of("int", "text", "numeric(8,2)", "bool");
    private static final List<String> DEFAULTS = List.of("7", "'it''s'", "1.5", "true");

    private final SoakSchema schema;
    private final Random random;

    Redefinition(SoakSchema schema, Random random) {
        this.schema = schema;
        this.random = random;
    }

    /** In the transaction that is open. What the database refuses is the caller's to take back. */
    void run(Statement statement) throws SQLException {
        if (random.nextInt(5) == 0) {
            another(statement);
            return;
        }
        SoakTable table = schema.tables().get(random.nextInt(schema.tables().size()));
        statement.execute("lock table " + table.quoted() + " in access exclusive mode");
        whole(statement, table.quoted(), -1, "null");
        for (String change : changes("alter table " + table.quoted() + " ")) {
            statement.execute(change);
        }
        whole(statement, table.quoted(), 1, "true");
    }

    private static void whole(Statement statement, String table, int sign, String here) throws SQLException {
        statement.execute("select soak.whole('" + table.replace("'", "''") + "', " + sign + ", " + here + ")");
    }

    private List<String> changes(String alter) {
        int column = random.nextInt(TYPES.size());
        String name = SoakTable.extra(column);
        String type = TYPES.get(column);
        String value = DEFAULTS.get(column);
        return switch (random.nextInt(9)) {
            case 0, 1 -> List.of(alter + "add " + name + " " + type);
            case 2, 3 -> List.of(alter + "add " + name + " " + type + " default " + value);
            case 4 ->
                List.of(
                        alter + "add " + name + " " + type + " default " + value,
                        alter + "alter " + name + " drop default");
            case 5 -> List.of(alter + "drop " + name);
            case 6 -> List.of(alter + "drop " + name, alter + "add " + name + " " + type + " default " + value);
            case 7 -> List.of(alter + "alter " + name + " type " + type + " using null");
            default -> List.of(alter + "rename " + name + " to " + SoakTable.extra(TYPES.size()));
        };
    }

    /** A table that comes and goes, and comes again. */
    private void another(Statement statement) throws SQLException {
        String name = "another" + random.nextInt(3);
        boolean there = random.nextBoolean();
        if (there) {
            statement.execute("lock table " + name + " in access exclusive mode");
            whole(statement, name, -1, "false");
            statement.execute("drop table " + name);
        }
        if (!there || random.nextBoolean()) {
            statement.execute("create table " + name + " (id int primary key, t text)");
            statement.execute("select soak.watch('" + name + "')");
            statement.execute("insert into " + name + " select i, 'v' || i from generate_series(1, "
                    + random.nextInt(20) + ") i");
        }
    }
}
