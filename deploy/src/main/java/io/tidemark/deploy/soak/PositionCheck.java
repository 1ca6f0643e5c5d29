package io.tidemark.deploy.soak;

import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.TextFiles;
import io.tidemark.position.Lsn;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Property P2: after each bundle the replica holds what the primary held at the bundle's position. What the replica holds is looked at within
 * the transaction of every bundle; tables that the primary had dropped by then, or that no complete has brought yet, are left out. A change of
 * a table's definition that nobody has written a row after may come with the bundle behind. A table without a key holds what it held at the
 * position of the last complete.
 */
final class PositionCheck {
    private final SideRecord record;
    private final PostgresCluster replica;
    private final String database;
    private boolean installed;
    private long seen;
    private String last = "";
    private int bundles;
    /** At the last complete. */
    private SideRecord.@Nullable Tally keyless;

    PositionCheck(SideRecord record, PostgresCluster replica, String database) {
        this.record = record;
        this.replica = replica;
        this.database = database;
    }

    /** A table of the replica as it was after one bundle. */
    private record State(
            long number, String bundle, Lsn own, Lsn position, String relation, long rows, BigInteger sum) {
        boolean isOfComplete() {
            return bundle.contains("-complete-");
        }
    }

    /** Looks from here on, once there is a ledger to look at. */
    void install() {
        if (!installed
                && replica.psql(database, "select to_regclass('tidemark.bundle') is not null")
                        .strip()
                        .equals("t")) {
            replica.psql(database).run(TextFiles.resource("/soak-replica.sql"));
            installed = true;
        }
    }

    /** How many bundles were compared. */
    int bundles() {
        return bundles;
    }

    /** @throws KitException where a bundle left another state behind than the primary's */
    void check() {
        if (!installed) {
            return;
        }
        List<State> states = states();
        record.read();
        List<String> differences = new ArrayList<>();
        for (State state : states) {
            SideRecord.Tally tally = expected(state);
            if (!state.bundle().equals(last)) {
                bundles++;
                last = state.bundle();
            }
            if (tally != null && tally.present() && !tally.allows(state.rows(), state.sum())) {
                differences.add("after bundle " + state.bundle() + " at " + state.position() + " table "
                        + state.relation()
                        + " has " + state.rows() + " rows of sum " + state.sum() + ", and had " + tally.rows() + " of "
                        + tally.sum() + " on the primary");
            }
            seen = state.number();
        }
        if (!differences.isEmpty()) {
            throw new KitException(String.join("\n", differences.subList(0, Math.min(20, differences.size()))));
        }
    }

    private SideRecord.@Nullable Tally expected(State state) {
        Map<String, SideRecord.Tally> tables = record.at(state.position());
        if (!SoakSchema.isKeyless(state.relation())) {
            return tables.get(state.relation());
        }
        if (state.isOfComplete()) {
            keyless = record.keyless(state.own()).orElse(null);
        }
        return keyless;
    }

    private List<State> states() {
        try (Connection connection = DriverManager.getConnection(
                        replica.jdbcUrl(database), PostgresCluster.SUPERUSER, replica.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select number, bundle, own, position, relation, rows, sum::text from soakside.state where number > "
                                + seen + " order by number")) {
            List<State> states = new ArrayList<>();
            while (row.next()) {
                states.add(new State(
                        row.getLong(1),
                        row.getString(2),
                        Lsn.parse(row.getString(3)),
                        Lsn.parse(row.getString(4)),
                        row.getString(5),
                        row.getLong(6),
                        new BigInteger(row.getString(7))));
            }
            return states;
        } catch (SQLException away) {
            throw new KitException("reading what the replica held: " + away.getMessage(), away);
        }
    }
}
