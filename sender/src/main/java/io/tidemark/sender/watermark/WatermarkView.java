package io.tidemark.sender.watermark;

import io.tidemark.database.SqlFailures;
import io.tidemark.sender.watermark.Marks.Mark;
import io.tidemark.sender.watermark.Marks.Step;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The primary inside one snapshot, with the tables locked against changes of their definition. */
public final class WatermarkView implements AutoCloseable {
    /** Row versions that are remembered as sent, over all tables. Beyond them rows travel again until an old transaction has ended. */
    private static final int MOST_SENT = 50_000;

    private final Connection connection;
    private final Moment moment;
    private final WatermarkPlan plan;
    private int remembered;

    WatermarkView(Connection connection, Moment moment, WatermarkPlan plan) {
        this.connection = connection;
        this.moment = moment;
        this.plan = plan;
    }

    public Moment moment() {
        return moment;
    }

    public WatermarkPlan plan() {
        return plan;
    }

    /** Where a chain begins: what is visible now comes with the complete that it needs. */
    public Marks begin() {
        try {
            List<Mark> marks = new ArrayList<>();
            for (WatermarkTable table : plan.followed()) {
                WatermarkTable.Column column = column(table);
                Step step = new Step(moment.at(), moment.next(), max(table, column));
                marks.add(new Mark(table.name(), column.name(), List.of(step), List.of()));
            }
            return new Marks(moment.oldest(), moment.oldest(), moment.at(), marks);
        } catch (SQLException failure) {
            throw SqlFailures.of("reading marks", failure);
        }
    }

    /**
     * What reading gave.
     *
     * @param marks as they stand after it
     * @param settled whether keeping them would change little: nothing was found, and no table had to be read as a whole
     */
    public record Read(Marks marks, boolean settled) {}

    /** Gives every row that was written since the marks and lies in its table's window, and what it refers to. */
    public Read read(Marks before, Duration overlap, RowSink sink) throws IOException {
        remembered = 0;
        try {
            List<Mark> marks = new ArrayList<>();
            boolean settled = true;
            RowQuery query = new RowQuery(connection);
            ReferredRows referred =
                    new ReferredRows(query, moment, before.begun(), plan.others(), Reference.read(connection), sink);
            for (WatermarkTable table : plan.followed()) {
                Window window = Window.of(column(table), before.mark(table), before, overlap);
                Mark mark = before.mark(table)
                        .orElseGet(() -> new Mark(table.name(), column(table).name(), List.of(), List.of()));
                Follower follower = new Follower(table, window, before, mark);
                long rows = follower.read(query, sink);
                if (rows > 0) {
                    referred.follow(table, follower.condition("c"));
                }
                Mark after = follower.after(rows);
                settled &= !window.isOpen() && after.steps().equals(mark.steps());
                marks.add(after);
            }
            return new Read(new Marks(before.begun(), moment.oldest(), moment.at(), marks), settled);
        } catch (SQLException failure) {
            throw SqlFailures.of("reading rows that changed", failure);
        }
    }

    /** One table's turn. */
    private final class Follower {
        private final WatermarkTable table;
        private final Window window;
        private final Marks before;
        private final Mark mark;
        private final Set<String> known;
        private final List<String> sent = new ArrayList<>();

        private Follower(WatermarkTable table, Window window, Marks before, Mark mark) {
            this.table = table;
            this.window = window;
            this.before = before;
            this.mark = mark;
            this.known = new HashSet<>(mark.sent());
        }

        private String condition(String row) {
            return window.condition(row) + " AND " + moment.youngerThan(row, before.oldest());
        }

        private long read(RowQuery query, RowSink sink) throws SQLException, IOException {
            long[] rows = {0};
            query.read(table, condition("t"), (writer, place, cells) -> {
                String version = writer + place;
                if (moment.whole(writer) >= moment.oldest() && remembered < MOST_SENT) {
                    sent.add(version);
                    remembered++;
                }
                if (!known.contains(version)) {
                    sink.row(table, cells);
                    rows[0]++;
                }
            });
            return rows[0];
        }

        private Mark after(long rows) throws SQLException {
            List<Step> steps = window.past();
            if (window.wantsStep(moment)) {
                @Nullable
                String last =
                        steps.isEmpty() ? null : steps.get(steps.size() - 1).max();
                @Nullable String max = rows > 0 || steps.isEmpty() ? max(table, column(table)) : last;
                if (steps.isEmpty() || (max != null && !max.equals(last))) {
                    steps = window.withStep(moment, max);
                }
            }
            return new Mark(table.name(), mark.column(), steps, sent);
        }
    }

    private static WatermarkTable.Column column(WatermarkTable table) {
        WatermarkTable.Column column = table.column();
        if (column == null) {
            throw new IllegalStateException("table " + table.name() + " is not followed");
        }
        return column;
    }

    private @Nullable String max(WatermarkTable table, WatermarkTable.Column column) throws SQLException {
        String value = "t." + column.quoted();
        String now = column.kind().now();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select max(" + value + ")::text from only "
                        + table.name().quoted() + " t" + (now.isEmpty() ? "" : " where " + value + " <= " + now))) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw SqlFailures.of("closing a session", failure);
        }
    }
}
