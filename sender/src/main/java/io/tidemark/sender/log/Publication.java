package io.tidemark.sender.log;

import io.tidemark.bundle.Manifest.LeftOut;
import io.tidemark.database.Catalogue;
import io.tidemark.database.Relation;
import io.tidemark.database.SqlResource;
import io.tidemark.sender.capture.SelectedTables;
import io.tidemark.settings.TableSelection;
import io.tidemark.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The publication of one source: exactly those tables that the settings take and that can be published without harm to the application. What
 * the role may not change is told as SQL for somebody who may.
 */
public final class Publication {
    private static final String NO_RIGHT = "42501";
    private static final String OPTIONS =
            "publish = 'insert, update, delete, truncate', publish_via_partition_root = false";

    private final String name;

    public Publication(String name) {
        this.name = name;
    }

    /**
     * How it stands.
     *
     * @param exists whether it is there at all
     * @param fresh whether it was made just now: the log before says nothing through it
     * @param rows tables with rows of their own whose changes are published now
     * @param excluded tables whose changes are not, and why
     * @param todo statements that an administrator has to run, as the role may not
     */
    public record Standing(
            boolean exists, boolean fresh, List<TableName> rows, List<LeftOut> excluded, List<String> todo) {
        public Standing {
            rows = List.copyOf(rows);
            excluded = List.copyOf(excluded);
            todo = List.copyOf(todo);
        }
    }

    /** A statement, and whether the role may run it. */
    private record Step(String sql, boolean allowed) {}

    /** Makes it what it has to be, as far as the role may. */
    public Standing reconcile(Connection connection, Catalogue catalogue, TableSelection wanted) throws SQLException {
        return stand(connection, catalogue, wanted, true);
    }

    /** Looks only. */
    public Standing look(Connection connection, Catalogue catalogue, TableSelection wanted) throws SQLException {
        return stand(connection, catalogue, wanted, false);
    }

    private Standing stand(Connection connection, Catalogue catalogue, TableSelection wanted, boolean change)
            throws SQLException {
        Map<Long, Identity> identities = identities(connection);
        PublicationPlan plan = PublicationPlan.of(catalogue, SelectedTables.of(catalogue, wanted), identities);
        List<String> todo = new ArrayList<>();
        boolean exists = exists(connection);
        boolean changed = false;
        for (Step step : steps(connection, catalogue, plan, identities)) {
            if (change && step.allowed() && run(connection, step.sql())) {
                changed = true;
            } else if (change || !step.allowed()) {
                todo.add(step.sql());
            }
        }
        if (changed) {
            Standing now = stand(connection, catalogue, wanted, false);
            return new Standing(now.exists(), !exists && now.exists(), now.rows(), now.excluded(), now.todo());
        }
        Set<Long> named = new HashSet<>();
        identities.forEach((oid, identity) -> {
            if (identity.published()) {
                named.add(oid);
            }
        });
        return standing(exists, catalogue, plan, named, todo);
    }

    /** Tables that could be published and are not, for want of a right, are left out as well. */
    private static Standing standing(
            boolean exists, Catalogue catalogue, PublicationPlan plan, Set<Long> named, List<String> todo) {
        Map<Long, Relation> byOid = new HashMap<>();
        catalogue.relations().forEach(relation -> byOid.put(relation.oid(), relation));
        List<LeftOut> excluded = new ArrayList<>(plan.excluded());
        List<TableName> rows = new ArrayList<>();
        for (Relation relation : catalogue.relations()) {
            if (!relation.hasRows()) {
                continue;
            }
            boolean published = false;
            for (Relation up = relation; up != null; up = byOid.get(up.parent())) {
                published |= named.contains(up.oid());
            }
            if (published) {
                rows.add(relation.name());
            } else if (plan.rows().contains(relation.name())) {
                excluded.add(new LeftOut("table " + relation.name(), "not in the publication: a right is missing"));
            }
        }
        return new Standing(exists, false, rows, excluded, todo);
    }

    private List<Step> steps(
            Connection connection, Catalogue catalogue, PublicationPlan plan, Map<Long, Identity> identities)
            throws SQLException {
        String quoted = TableName.quote(name);
        List<Relation> missing = plan.named().stream()
                .filter(relation -> !of(identities, relation).published())
                .toList();
        try (PreparedStatement query = prepare(connection, "publication.sql")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                boolean mayCreate = mayCreate(connection) && own(plan.named(), identities);
                if (!row.next()) {
                    return List.of(new Step(create(quoted, plan.named()), mayCreate));
                }
                boolean mine = row.getBoolean("mine");
                if (row.getBoolean("everything")) {
                    return List.of(
                            new Step("DROP PUBLICATION " + quoted, mine),
                            new Step(create(quoted, plan.named()), mayCreate));
                }
                List<Step> steps = new ArrayList<>();
                if (!row.getBoolean("whole")) {
                    steps.add(new Step("ALTER PUBLICATION " + quoted + " SET (" + OPTIONS + ")", mine));
                }
                Set<Long> wanted = plan.named().stream().map(Relation::oid).collect(Collectors.toSet());
                for (Relation relation : catalogue.relations()) {
                    Identity identity = identities.get(relation.oid());
                    if (identity != null && identity.published() && !wanted.contains(relation.oid())) {
                        steps.add(new Step("ALTER PUBLICATION " + quoted + " DROP TABLE " + table(relation), mine));
                    }
                }
                for (Relation relation : missing) {
                    steps.add(new Step(
                            "ALTER PUBLICATION " + quoted + " ADD TABLE " + table(relation),
                            mine && own(List.of(relation), identities)));
                }
                return steps;
            }
        }
    }

    private static String create(String quoted, List<Relation> tables) {
        return "CREATE PUBLICATION " + quoted
                + (tables.isEmpty()
                        ? ""
                        : " FOR TABLE "
                                + tables.stream().map(Publication::table).collect(Collectors.joining(", ")))
                + " WITH (" + OPTIONS + ")";
    }

    /** Without ONLY the tables that inherit from it would come along. */
    private static String table(Relation relation) {
        return (relation.kind() == 'r' ? "ONLY " : "") + relation.name().quoted();
    }

    private static boolean own(List<Relation> tables, Map<Long, Identity> identities) {
        return tables.stream().allMatch(table -> of(identities, table).mine());
    }

    /** Every table that is planned for has one. */
    private static Identity of(Map<Long, Identity> identities, Relation table) {
        return Objects.requireNonNull(identities.get(table.oid()));
    }

    /** False where the right is missing after all, as that to create in the database. */
    private static boolean run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return true;
        } catch (SQLException failure) {
            if (NO_RIGHT.equals(failure.getSQLState())) {
                return false;
            }
            throw failure;
        }
    }

    private static boolean mayCreate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select pg_catalog.has_database_privilege(" + "pg_catalog.current_database(), 'CREATE')")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement query = prepare(connection, "publication.sql")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private Map<Long, Identity> identities(Connection connection) throws SQLException {
        Map<Long, Identity> identities = new HashMap<>();
        try (PreparedStatement query = prepare(connection, "identities.sql")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    identities.put(
                            row.getLong("oid"),
                            new Identity(
                                    row.getString("identity").charAt(0),
                                    row.getBoolean("permanent"),
                                    row.getBoolean("indexed"),
                                    row.getBoolean("computed"),
                                    row.getBoolean("mine"),
                                    row.getBoolean("published")));
                }
            }
        }
        return identities;
    }

    /** Takes it away; nothing where there is none. */
    public void drop(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP PUBLICATION IF EXISTS " + TableName.quote(name));
        }
    }

    private static PreparedStatement prepare(Connection connection, String resource) throws SQLException {
        return connection.prepareStatement(SqlResource.read(Publication.class, resource));
    }
}
