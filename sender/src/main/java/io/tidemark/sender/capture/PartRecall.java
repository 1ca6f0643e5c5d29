package io.tidemark.sender.capture;

import io.tidemark.database.SqlResource;
import io.tidemark.database.TableInfo;
import io.tidemark.position.SourceIdentity;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells which parts have the rows that they had in the complete before, without reading them. A row that is visible now and whose writer had
 * ended before that complete's snapshot began was visible in it; when no other rows are visible and there are as many as then, they are the
 * same. Whatever moves rows within a file gives the table a new one, which its mark tells; a server that was started anew since is not
 * believed.
 */
final class PartRecall {
    /** Transaction numbers are compared in a circle; half a turn of distance is never trusted. */
    private static final long TRUSTED = 1L << 30;

    private final EarlierParts earlier;
    private final String ground;
    private final OptionalLong horizon;
    private final Map<Long, String> marks;
    private final AtomicLong recalled = new AtomicLong();

    private PartRecall(EarlierParts earlier, String ground, OptionalLong horizon, Map<Long, String> marks) {
        this.earlier = earlier;
        this.ground = ground;
        this.horizon = horizon;
        this.marks = marks;
    }

    /** @param present a session whose tables are locked against changes of their definition */
    static PartRecall begin(EarlierParts earlier, Connection present, SourceIdentity identity) throws SQLException {
        try (Statement statement = present.createStatement()) {
            String ground =
                    identity + "/" + Snapshot.single(statement, SqlResource.read(PartRecall.class, "parts-ground.sql"));
            Map<Long, String> marks = new HashMap<>();
            try (ResultSet row = statement.executeQuery(SqlResource.read(PartRecall.class, "table-marks.sql"))) {
                while (row.next()) {
                    marks.put(row.getLong("oid"), String.valueOf(row.getString("mark")));
                }
            }
            return new PartRecall(earlier, ground, trusted(statement, earlier.begin(ground)), marks);
        }
    }

    private static OptionalLong trusted(Statement statement, OptionalLong horizon) throws SQLException {
        if (horizon.isEmpty()) {
            return horizon;
        }
        long distance = Long.parseLong(Snapshot.single(statement, "select " + age(horizon.getAsLong())));
        return distance >= 0 && distance < TRUSTED ? horizon : OptionalLong.empty();
    }

    /** The part as it was, where it surely still is. */
    Optional<CopiedPart> unchanged(Connection connection, PartPlan plan, int part) throws SQLException {
        String table = key(plan);
        if (horizon.isEmpty() || table == null) {
            return Optional.empty();
        }
        Optional<CopiedPart> before = earlier.find(table, part);
        if (before.isEmpty() || !sameRows(connection, plan, before.get())) {
            return Optional.empty();
        }
        CopiedPart same = before.get().ofTable(plan.index());
        earlier.note(table, same);
        recalled.incrementAndGet();
        return Optional.of(same);
    }

    private boolean sameRows(Connection connection, PartPlan plan, CopiedPart before) throws SQLException {
        String query = "select pg_catalog.count(*) = " + before.rows()
                + " and coalesce(pg_catalog.min(pg_catalog.age(xmin)), 2147483647) > "
                + age(horizon.orElseThrow()) + " from only "
                + plan.table().shape().table().quoted() + plan.range(before.part());
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            return Snapshot.single(statement, query).equals("t");
        }
    }

    private static String age(long transaction) {
        return "pg_catalog.age('" + (transaction & 0xffff_ffffL) + "'::pg_catalog.xid)";
    }

    /** How many parts were not read. */
    long recalled() {
        return recalled.get();
    }

    void copied(PartPlan plan, CopiedPart part) {
        String table = key(plan);
        if (table != null) {
            earlier.note(table, part);
        }
    }

    /** @param snapshot as {@code pg_current_snapshot()} prints it: its first number is the oldest transaction under way */
    void end(String snapshot) {
        earlier.end(ground, Long.parseLong(snapshot.substring(0, snapshot.indexOf(':'))));
    }

    /** Null for what has no pages of PostgreSQL's usual kind, or is seen through row-level security. */
    private @Nullable String key(PartPlan plan) {
        TableInfo table = plan.table();
        String mark = marks.get(table.relation().oid());
        return mark == null || !table.relation().heap()
                ? null
                : String.join(
                        "/",
                        List.of(
                                mark,
                                table.shape().fingerprint(),
                                plan.format().word(),
                                String.valueOf(plan.pagesPerPart())));
    }
}
