package io.tidemark.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A table's life, made up from a seed: what each transaction did, as the log tells it, and what the table held after each. Columns: key, a value
 * that is never kept outside of the row, one that is.
 */
public final class History {
    private static final int KEYS = 12;

    private final Random random;
    private final List<Map<String, List<String>>> states = new ArrayList<>();
    private final Map<String, List<String>> rows = new HashMap<>();

    /** One change, for whoever listens to the log. */
    @FunctionalInterface
    public interface Feed {
        void into(RowLog log, int transaction) throws java.io.IOException;
    }

    /** A change and the transaction that it belongs to. */
    public record Change(int transaction, Feed feed) {}

    private final List<Change> changes = new ArrayList<>();

    public History(long seed, int transactions) {
        this.random = new Random(seed);
        for (int i = random.nextInt(KEYS); i > 0; i--) {
            rows.put(key(), List.of(value(), value()));
        }
        states.add(Map.copyOf(rows));
        for (int transaction = 1; transaction <= transactions; transaction++) {
            for (int i = random.nextInt(6); i >= 0; i--) {
                change(transaction);
            }
            states.add(Map.copyOf(rows));
        }
    }

    /** After so many transactions: key to the two other values. */
    public Map<String, List<String>> state(int transactions) {
        return states.get(transactions);
    }

    public List<Change> changes() {
        return changes;
    }

    private String key() {
        return "k" + random.nextInt(KEYS);
    }

    private String value() {
        return "v" + random.nextInt(1000);
    }

    private void change(int transaction) {
        int what = random.nextInt(40);
        String key = key();
        List<String> row = rows.get(key);
        if (what == 0) {
            rows.clear();
            add(transaction, (log, number) -> log.truncate());
        } else if (row == null) {
            List<String> fresh = List.of(value(), value());
            rows.put(key, fresh);
            add(transaction, (log, number) -> log.insert(tuple(key, fresh.get(0), fresh.get(1))));
        } else if (what < 12) {
            rows.remove(key);
            add(transaction, (log, number) -> log.delete(Tuple.of(List.of(Cell.of(key)))));
        } else {
            update(transaction, key, row);
        }
    }

    private void update(int transaction, String key, List<String> row) {
        String other = key();
        boolean moves = random.nextInt(3) == 0 && !rows.containsKey(other);
        boolean kept = random.nextBoolean();
        List<String> now = List.of(value(), kept ? row.get(1) : value());
        rows.remove(key);
        rows.put(moves ? other : key, now);
        Tuple old = moves ? Tuple.of(List.of(Cell.of(key))) : null;
        Tuple fresh = tuple(moves ? other : key, now.get(0), kept ? null : now.get(1));
        add(transaction, (log, number) -> log.update(old, fresh, number));
    }

    private static Tuple tuple(String key, String value, @Nullable String large) {
        return Tuple.of(List.of(Cell.of(key), Cell.of(value), large == null ? Cell.UNCHANGED : Cell.of(large)));
    }

    private void add(int transaction, Feed feed) {
        changes.add(new Change(transaction, feed));
    }

    /**
     * What a replica makes of compacted changes.
     *
     * @param replica as it stands after {@code stands} transactions; is changed
     */
    public static void apply(Map<String, List<String>> replica, int stands, boolean truncated, List<Line> lines) {
        Map<String, List<String>> before = new HashMap<>(replica);
        if (truncated) {
            replica.clear();
        }
        lines.stream().filter(line -> line.op() == RowChange.Op.DELETE).forEach(line -> replica.remove(line.key()));
        for (Line line : lines) {
            if (line.op() != RowChange.Op.DELETE) {
                List<Cell> cells = line.cells();
                String source = line.formerly().stream()
                        .filter(former -> former.transaction() > stands)
                        .findFirst()
                        .map(former ->
                                String.valueOf(former.key().cells().get(0).text()))
                        .orElse(line.key());
                List<String> values = new ArrayList<>();
                for (int i = 1; i < cells.size(); i++) {
                    Cell cell = cells.get(i);
                    values.add(
                            cell.unchanged()
                                    ? before.getOrDefault(source, List.of("lost", "lost"))
                                            .get(i - 1)
                                    : String.valueOf(cell.text()));
                }
                replica.put(line.key(), values);
            }
        }
    }

    /** A line of a change file. */
    public record Line(RowChange.Op op, List<Cell> cells, List<Former> formerly) {
        String key() {
            return String.valueOf(cells.get(0).text());
        }
    }
}
