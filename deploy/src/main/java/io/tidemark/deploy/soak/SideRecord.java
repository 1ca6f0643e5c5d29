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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the primary's tables held at each position of its log: triggers note with every transaction what it does to each table's count and
 * checksum, and PostgreSQL's own decoder {@code test_decoding} tells in which order they were committed. For one thread.
 */
final class SideRecord {
    private static final String SLOT = "soak_record";
    private static final Pattern NOTE = Pattern.compile(
            "table soak\\.record: INSERT: relation\\[text]:'((?:[^']|'')*)' present\\[boolean]:(true|false|null)"
                    + " rows\\[bigint]:(-?[0-9]+) sum\\[numeric]:(-?[0-9]+)");

    private final PostgresCluster primary;
    private final String database;
    private final Deque<Commit> commits = new ArrayDeque<>();
    private final Map<String, Tally> tables = new TreeMap<>();
    private final TreeMap<Lsn, Tally> keyless = new TreeMap<>();

    SideRecord(PostgresCluster primary, String database) {
        this.primary = primary;
        this.database = database;
    }

    /**
     * What a table held.
     *
     * @param present whether it was there at all
     * @param sum of the rows' hashes
     * @param formers what it held under the definitions that it had before, where no row was written since that changed
     */
    record Tally(boolean present, long rows, BigInteger sum, List<Tally> formers) {
        private static final Tally NOTHING = new Tally(false, 0, BigInteger.ZERO, List.of());

        private Tally plus(List<Note> notes) {
            boolean here = present;
            long count = rows;
            BigInteger hashes = sum;
            boolean told = false;
            for (Note note : notes) {
                told |= note.present().orElse(false);
                here = note.present().orElse(here);
                count += note.rows();
                hashes = hashes.add(note.sum());
            }
            // A change of the definition alone takes all rows out and puts them in again.
            List<Tally> before = new ArrayList<>();
            if (present && told && notes.size() == 2) {
                before.addAll(formers);
                before.add(new Tally(present, rows, sum, List.of()));
            }
            return new Tally(here, count, hashes, before);
        }

        /** Whether a replica may hold this: the definition may come with the bundle after, and a row written under it brings it along. */
        boolean allows(long count, BigInteger hashes) {
            return (rows == count && sum.equals(hashes))
                    || formers.stream().anyMatch(former -> former.allows(count, hashes));
        }
    }

    private record Note(String relation, Optional<Boolean> present, long rows, BigInteger sum) {}

    private record Commit(Lsn end, List<Note> notes) {}

    /** Before anything is written. */
    void install() {
        primary.psql(
                database, "set role none; select pg_create_logical_replication_slot('" + SLOT + "', 'test_decoding')");
        primary.psql(database).run(TextFiles.resource("/soak-primary.sql"));
    }

    /** Reads all that was committed up to now. */
    void read() {
        try (Connection connection = DriverManager.getConnection(
                        primary.jdbcUrl(database), PostgresCluster.SUPERUSER, primary.password());
                Statement statement = connection.createStatement()) {
            statement.execute("set role none");
            List<Note> notes = new ArrayList<>();
            try (ResultSet row = statement.executeQuery(
                    "select lsn::text, data from pg_logical_slot_get_changes('" + SLOT
                            + "', null, null, 'include-xids', '0') where data like 'COMMIT%' or data like 'table soak.record:%'")) {
                while (row.next()) {
                    String data = row.getString(2);
                    if (data.startsWith("COMMIT")) {
                        commits.add(new Commit(Lsn.parse(row.getString(1)), List.copyOf(notes)));
                        notes.clear();
                    } else {
                        notes.add(note(data));
                    }
                }
            }
        } catch (SQLException away) {
            throw new KitException("reading what the primary held: " + away.getMessage(), away);
        }
    }

    private static Note note(String data) {
        Matcher matcher = NOTE.matcher(data);
        if (!matcher.matches()) {
            throw new KitException("not understood: " + data);
        }
        String present = matcher.group(2);
        return new Note(
                matcher.group(1).replace("''", "'"),
                present.equals("null") ? Optional.empty() : Optional.of(Boolean.valueOf(present)),
                Long.parseLong(matcher.group(3)),
                new BigInteger(matcher.group(4)));
    }

    /** @param position not before that of the call before */
    Map<String, Tally> at(Lsn position) {
        for (Commit next = commits.peek(); next != null && next.end().compareTo(position) <= 0; next = commits.peek()) {
            commits.remove();
            Lsn end = next.end();
            next.notes().stream()
                    .collect(Collectors.groupingBy(Note::relation))
                    .forEach((relation, notes) -> note(relation, notes, end));
        }
        return tables;
    }

    private void note(String relation, List<Note> notes, Lsn end) {
        Tally tally = tables.getOrDefault(relation, Tally.NOTHING).plus(notes);
        tables.put(relation, tally);
        if (SoakSchema.isKeyless(relation)) {
            keyless.put(end, tally);
        }
    }

    /** What the table without a key held at a position that lies before what {@link #at} was asked for last, or is that. */
    Optional<Tally> keyless(Lsn position) {
        return Optional.ofNullable(keyless.floorEntry(position)).map(Map.Entry::getValue);
    }
}
