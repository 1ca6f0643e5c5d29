package io.tidemark.receiver.load;

import io.tidemark.receiver.load.LaterPartials.Shield;
import io.tidemark.table.Column;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements of one table's merge. {@code fresh} holds rows as the primary has them, {@code stale} rows as the replica is known to
 * have them: a staging table, or the table itself. Rows are told apart by key; where there is none, by their whole text, each as often as
 * it stands. Only replicated columns are written.
 */
final class MergeSql {
    private static final String CHANGED = "pg_temp.tidemark_changed";

    private final TableShape shape;
    private final Set<String> exact;
    private final String table;
    private final String fresh;
    private final String stale;
    private final Shield shield;
    private final String changed;

    /** @param exact names of columns that {@code =} compares exactly */
    MergeSql(TableShape shape, Set<String> exact, String fresh, String stale) {
        this(shape, exact, fresh, stale, Shield.NONE);
    }

    private MergeSql(TableShape shape, Set<String> exact, String fresh, String stale, Shield shield) {
        this.shape = shape;
        this.exact = exact;
        this.table = shape.table().quoted();
        this.fresh = fresh;
        this.stale = stale;
        this.shield = shield;
        this.changed = stale.equals(table) ? fresh : CHANGED;
    }

    /** The same without touching the rows that {@code shield} names. */
    MergeSql sparing(Shield spared) {
        return new MergeSql(shape, exact, fresh, stale, spared);
    }

    TableShape shape() {
        return shape;
    }

    String dropSpared() {
        return "DELETE FROM " + fresh + " n USING " + shield.table() + " s WHERE " + same(shield.key(), "n", "s");
    }

    boolean keyed() {
        return !shape.key().isEmpty();
    }

    List<String> copiedNames() {
        return shape.copied().stream().map(Column::name).toList();
    }

    String deleteGone(ChangeQueue queue) {
        return queue.noting(deleteGone(), stale.equals(table) ? "o." : "t.", shape, true);
    }

    private String deleteGone() {
        String gone = "NOT EXISTS (SELECT FROM " + fresh + " n WHERE " + sameKey("n", "o") + ")";
        String spared = shield.none()
                ? ""
                : " AND NOT EXISTS (SELECT FROM " + shield.table() + " s WHERE " + same(shield.key(), "o", "s") + ")";
        return stale.equals(table)
                ? "DELETE FROM ONLY " + table + " o WHERE " + gone + spared
                : "DELETE FROM ONLY " + table + " t USING " + stale + " o WHERE " + sameKey("t", "o") + " AND " + gone;
    }

    /**
     * What finds the rows that stand in both and differ, where those are staged: the planner then knows how few of the table's rows they
     * are. Comes before {@link #updateChanged}; {@link #dropChanged} after it.
     */
    List<String> findChanged() {
        return changed.equals(fresh)
                ? List.of()
                : List.of(
                        "CREATE TEMP TABLE " + changed + " ON COMMIT DROP AS SELECT n.* FROM " + fresh + " n JOIN "
                                + stale + " t ON " + sameKey("n", "t") + " WHERE " + differs(written()),
                        "ANALYZE " + changed);
    }

    List<String> dropChanged() {
        return changed.equals(fresh) ? List.of() : List.of("DROP TABLE " + changed);
    }

    /** Whether nothing can differ, as every copied column belongs to the key. */
    boolean onlyKey() {
        return written().isEmpty();
    }

    /** Whether no UPDATE can make all rows equal: it sets no {@code GENERATED ALWAYS AS IDENTITY} column. */
    boolean needsSwap() {
        return written().stream().anyMatch(column -> column.identity() == Column.Identity.ALWAYS);
    }

    String updateChanged(ChangeQueue queue) {
        return queue.noting(updateChanged(), "t.", shape, false);
    }

    private String updateChanged() {
        List<Column> written = written();
        String set = written.stream()
                .map(column -> name(column) + " = n." + name(column))
                .collect(Collectors.joining(", "));
        return "UPDATE ONLY " + table + " t SET " + set + " FROM " + changed + " n WHERE " + sameKey("t", "n")
                + " AND (" + differs(written) + ")";
    }

    String insertNew(ChangeQueue queue) {
        return queue.noting(insertNew(), "", shape, false);
    }

    private String insertNew() {
        String there = stale.equals(table) ? "ONLY " + table : stale;
        return insert(
                columns("n."),
                fresh + " n WHERE NOT EXISTS (SELECT FROM " + there + " t WHERE " + sameKey("t", "n") + ")");
    }

    private List<Column> written() {
        return shape.copied().stream().filter(column -> !isKey(column)).toList();
    }

    /** Where unique values move between rows: the clashing rows step aside as a whole and come back changed. */
    List<String> swapChanged(String aside, List<String> ownColumns) {
        String own = ownColumns.stream().map(TableName::quote).collect(Collectors.joining(", "));
        String comma = own.isEmpty() ? "" : ", ";
        return List.of(
                "CREATE TEMP TABLE " + aside + " ON COMMIT DROP AS SELECT t.* FROM ONLY " + table + " t JOIN " + changed
                        + " n ON " + sameKey("t", "n") + " WHERE " + differs(written()),
                "DELETE FROM ONLY " + table + " t USING " + aside + " a WHERE " + sameKey("t", "a"),
                "INSERT INTO " + table + " (" + columns("") + comma + own + ") OVERRIDING SYSTEM VALUE SELECT "
                        + columns("n.") + comma
                        + ownColumns.stream()
                                .map(column -> "a." + TableName.quote(column))
                                .collect(Collectors.joining(", "))
                        + " FROM " + changed + " n JOIN " + aside + " a ON " + sameKey("n", "a"));
    }

    /** Without a key: which rows are too many here, and how many of each. */
    String surplus(String target) {
        return "CREATE TEMP TABLE " + target + " ON COMMIT DROP AS SELECT o.line, o.n - coalesce(f.n, 0) AS n FROM "
                + counted(stale, stale.equals(table)) + " o LEFT JOIN " + counted(fresh, false)
                + " f ON f.line = o.line WHERE o.n > coalesce(f.n, 0)";
    }

    String deleteSurplus(String surplus) {
        return "DELETE FROM ONLY " + table + " WHERE ctid IN (SELECT r.at FROM (SELECT t.ctid AS at, " + line("t")
                + " AS line, pg_catalog.row_number() OVER (PARTITION BY " + line("t") + ") AS place FROM ONLY " + table
                + " t) r JOIN " + surplus + " s ON s.line = r.line AND r.place <= s.n)";
    }

    /** Without a key: which rows lack here, each as often as it does; taken before anything is deleted. */
    String lacking(String target) {
        return "CREATE TEMP TABLE " + target + " ON COMMIT DROP AS SELECT "
                + (shape.copied().isEmpty() ? "" : columns("r."))
                + " FROM (SELECT n.*, " + line("n") + " AS tidemark_line, pg_catalog.row_number() OVER (PARTITION BY "
                + line("n")
                + ") AS tidemark_place FROM " + fresh + " n) r LEFT JOIN " + counted(stale, stale.equals(table))
                + " o ON o.line = r.tidemark_line WHERE r.tidemark_place > coalesce(o.n, 0)";
    }

    String insertFrom(String rows) {
        return insert(columns("n."), rows + " n");
    }

    private String insert(String values, String from) {
        return shape.copied().isEmpty()
                ? "INSERT INTO " + table + " SELECT FROM " + from
                : "INSERT INTO " + table + " (" + columns("") + ") OVERRIDING SYSTEM VALUE SELECT " + values + " FROM "
                        + from;
    }

    private String counted(String relation, boolean only) {
        return "(SELECT " + line("x") + " AS line, pg_catalog.count(*) AS n FROM " + (only ? "ONLY " : "") + relation
                + " x GROUP BY 1)";
    }

    /** A row's copied columns as one text, compared byte by byte. */
    private String line(String alias) {
        return "ROW(" + columns(alias + ".") + ")::text COLLATE pg_catalog.\"C\"";
    }

    private String sameKey(String left, String right) {
        return same(shape.key(), left, right);
    }

    private String same(List<String> columns, String left, String right) {
        return columns.stream()
                .map(key -> value(left, key) + " = " + value(right, key))
                .collect(Collectors.joining(" AND "));
    }

    private String differs(List<Column> columns) {
        return columns.stream()
                .map(column -> value("t", column.name()) + " IS DISTINCT FROM " + value("n", column.name()))
                .collect(Collectors.joining(" OR "));
    }

    private String value(String alias, String column) {
        String name = alias + "." + TableName.quote(column);
        return exact.contains(column) ? name : name + "::text COLLATE pg_catalog.\"C\"";
    }

    /** A key that matches is the same to the byte: inexact ones are matched by their text. */
    private boolean isKey(Column column) {
        return shape.key().contains(column.name());
    }

    private String columns(String prefix) {
        return shape.copied().stream().map(column -> prefix + name(column)).collect(Collectors.joining(", "));
    }

    private static String name(Column column) {
        return TableName.quote(column.name());
    }

    /** Index and statistics that make a keyed staging table quick to join; fails where a key stands twice. */
    static Stream<String> ready(String staging, TableShape shape) {
        String key = shape.key().stream().map(TableName::quote).collect(Collectors.joining(", "));
        return shape.key().isEmpty()
                ? Stream.of("ANALYZE " + staging)
                : Stream.of("CREATE UNIQUE INDEX ON " + staging + " (" + key + ")", "ANALYZE " + staging);
    }
}
