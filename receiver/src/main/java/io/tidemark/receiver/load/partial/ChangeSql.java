package io.tidemark.receiver.load.partial;

import io.tidemark.change.ChangeHeader;
import io.tidemark.table.TableName;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements that apply one table's changes. Staging holds a line each: {@code op} (i, u or d), {@code same} (null, or a 1 for each cell
 * that is unchanged), {@code c0…} the cells in the header's order under the types below domains, {@code o0…} the key under which the replica
 * has the row, where cells are unchanged or it had another key. Rows are found by key, under the table's index and, where its {@code =} is not exact, by text as
 * well. Only replicated columns are written.
 */
final class ChangeSql {
    static final String STAGING = "pg_temp.tidemark_change";
    static final String ASIDE = "pg_temp.tidemark_aside";
    static final String MOVED = "pg_temp.tidemark_moved";

    private static final String ROWS = "n.op <> 'd'";

    private final ChangeHeader header;
    private final TargetColumns columns;
    private final String table;
    private final List<Integer> key;

    ChangeSql(ChangeHeader header, TargetColumns columns) {
        this.header = header;
        this.columns = columns;
        this.table = header.table().quoted();
        this.key = header.keyPlaces();
    }

    /** Columns without NOT NULL and without domains, which would not take the gaps of deletes and unchanged cells. */
    String createStaging() {
        return "CREATE TEMP TABLE " + STAGING
                + " ON COMMIT DROP AS SELECT 'i'::pg_catalog.\"char\" AS op, ''::text AS same, "
                + all(i -> bare(i) + " AS c" + i) + ", " + keys(i -> bare(key.get(i)) + " AS o" + i) + " FROM ONLY "
                + table + " WHERE false";
    }

    String copyStaging() {
        return "COPY " + STAGING + " FROM STDIN";
    }

    String copyTable() {
        return "COPY " + table + " (" + all(this::name) + ") FROM STDIN";
    }

    String duplicates() {
        return "SELECT count(*) FROM (SELECT FROM " + STAGING + " n GROUP BY "
                + keys(i -> text("n.c" + key.get(i), key.get(i))) + " HAVING count(*) > 1) d";
    }

    /** Takes unchanged cells from the replica, before anything there is touched; a row that was found has {@code same} null after. */
    String fill() {
        return "UPDATE " + STAGING + " n SET same = NULL, "
                + all(i -> "c" + i + " = CASE WHEN pg_catalog.substr(n.same, " + (i + 1) + ", 1) = '1' THEN t."
                        + name(i) + " ELSE n.c" + i + " END")
                + " FROM ONLY " + table + " t WHERE n.same IS NOT NULL AND "
                + keys(i -> equal("t." + name(key.get(i)), "n.o" + i, key.get(i)), " AND ");
    }

    String dropUnfilled() {
        return "DELETE FROM " + STAGING + " WHERE same IS NOT NULL";
    }

    /** What a truncate took and the file does not bring back. Rows that came back stay in place with the receiver's own columns. */
    String truncate() {
        return "DELETE FROM ONLY " + table + " t WHERE NOT EXISTS (SELECT FROM " + STAGING + " n WHERE " + ROWS
                + " AND " + sameKey() + ")";
    }

    String delete() {
        return "DELETE FROM ONLY " + table + " t USING " + STAGING + " n WHERE n.op = 'd' AND " + sameKey();
    }

    /** Whether nothing can differ but the key. */
    boolean onlyKey() {
        return written().findAny().isEmpty();
    }

    /** Whether no UPDATE can make all rows equal: it sets no {@code GENERATED ALWAYS AS IDENTITY} column. */
    boolean needsSwap() {
        return written().anyMatch(i -> columns.always().contains(columnName(i)));
    }

    String update() {
        String set = written().mapToObj(i -> name(i) + " = n.c" + i).collect(Collectors.joining(", "));
        return "UPDATE ONLY " + table + " t SET " + set + " FROM " + STAGING + " n WHERE " + ROWS + " AND " + sameKey()
                + " AND (" + differs() + ")";
    }

    String insert() {
        return "INSERT INTO " + table + " (" + all(this::name) + ") OVERRIDING SYSTEM VALUE SELECT "
                + all(i -> "n.c" + i)
                + " FROM " + STAGING + " n WHERE " + ROWS + " AND NOT EXISTS (SELECT FROM ONLY " + table + " t WHERE "
                + sameKey() + ")";
    }

    /** Whether the replica has columns of its own beside the primary's. */
    boolean hasOwn() {
        return !own().isEmpty();
    }

    private List<String> own() {
        return columns.stored().stream()
                .filter(name -> header.columns().stream()
                        .noneMatch(column -> column.name().equals(name)))
                .map(TableName::quote)
                .toList();
    }

    /** What the replica has of its own in rows that take another key, before anything is touched. */
    String keepMoved() {
        return "CREATE TEMP TABLE " + MOVED + " ON COMMIT DROP AS SELECT "
                + keys(i -> "n.c" + key.get(i))
                + own().stream().map(name -> ", t." + name).collect(Collectors.joining())
                + " FROM ONLY " + table + " t JOIN " + STAGING + " n ON " + ROWS + " AND "
                + keys(i -> equal("t." + name(key.get(i)), "n.o" + i, key.get(i)), " AND ") + " AND NOT ("
                + keys(i -> equal("n.c" + key.get(i), "n.o" + i, key.get(i)), " AND ") + ")";
    }

    /** A row that is there under the new key already was another one before. */
    String updateMoved() {
        return "UPDATE ONLY " + table + " t SET "
                + own().stream().map(name -> name + " = m." + name).collect(Collectors.joining(", ")) + " FROM " + MOVED
                + " m WHERE " + keys(i -> equal("t." + name(key.get(i)), "m.c" + key.get(i), key.get(i)), " AND ");
    }

    String insertMoved() {
        return "INSERT INTO " + table + " (" + all(this::name)
                + own().stream().map(name -> ", " + name).collect(Collectors.joining())
                + ") OVERRIDING SYSTEM VALUE SELECT " + all(i -> "n.c" + i)
                + own().stream().map(name -> ", m." + name).collect(Collectors.joining()) + " FROM " + STAGING
                + " n JOIN " + MOVED + " m ON " + ROWS + " AND "
                + keys(i -> equal("m.c" + key.get(i), "n.c" + key.get(i), key.get(i)), " AND ")
                + " WHERE NOT EXISTS (SELECT FROM ONLY " + table + " t WHERE " + sameKey() + ")";
    }

    /** Where unique values move between rows: the rows that differ step aside as a whole and come back changed. */
    List<String> swap() {
        List<String> own = own();
        String names = own.stream().map(name -> ", " + name).collect(Collectors.joining());
        String values = own.stream().map(name -> ", a." + name).collect(Collectors.joining());
        return List.of(
                "CREATE TEMP TABLE " + ASIDE + " ON COMMIT DROP AS SELECT t.* FROM ONLY " + table + " t JOIN " + STAGING
                        + " n ON " + sameKey() + " WHERE " + ROWS + " AND (" + differs() + ")",
                "DELETE FROM ONLY " + table + " t USING " + ASIDE + " a WHERE "
                        + keys(i -> equal("t." + name(key.get(i)), "a." + name(key.get(i)), key.get(i)), " AND "),
                "INSERT INTO " + table + " (" + all(this::name) + names + ") OVERRIDING SYSTEM VALUE SELECT "
                        + all(i -> "n.c" + i) + values + " FROM " + STAGING + " n JOIN " + ASIDE + " a ON " + ROWS
                        + " AND "
                        + keys(i -> equal("a." + name(key.get(i)), "n.c" + key.get(i), key.get(i)), " AND "));
    }

    private IntStream written() {
        return IntStream.range(0, header.columns().size()).filter(i -> !key.contains(i));
    }

    private String differs() {
        return written()
                .mapToObj(i -> text("t." + name(i), i) + " IS DISTINCT FROM " + text("n.c" + i, i))
                .collect(Collectors.joining(" OR "));
    }

    private String sameKey() {
        return keys(i -> equal("t." + name(key.get(i)), "n.c" + key.get(i), key.get(i)), " AND ");
    }

    private String equal(String left, String right, int column) {
        String plain = left + " = " + right;
        return isExact(column) ? plain : plain + " AND " + text(left, column) + " = " + text(right, column);
    }

    private String text(String value, int column) {
        return isExact(column) ? value : value + "::text COLLATE pg_catalog.\"C\"";
    }

    private boolean isExact(int column) {
        return columns.exact().contains(columnName(column));
    }

    /** A column under the type below its domains. */
    private String bare(int column) {
        String cast = columns.casts().get(columnName(column));
        return cast == null ? name(column) : "CAST(" + name(column) + " AS " + cast + ")";
    }

    private String all(IntFunction<String> each) {
        return IntStream.range(0, header.columns().size()).mapToObj(each).collect(Collectors.joining(", "));
    }

    private String keys(IntFunction<String> each) {
        return keys(each, ", ");
    }

    private String keys(IntFunction<String> each, String between) {
        return IntStream.range(0, key.size()).mapToObj(each).collect(Collectors.joining(between));
    }

    private String name(int column) {
        return TableName.quote(columnName(column));
    }

    private String columnName(int column) {
        return header.columns().get(column).name();
    }
}
