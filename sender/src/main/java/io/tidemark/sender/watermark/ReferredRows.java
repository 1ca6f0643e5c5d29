package io.tidemark.sender.watermark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows that rows which travel refer to by foreign keys, in tables that are not followed themselves: those that were written since the chain
 * began, as older ones are in every complete that it stands on.
 */
final class ReferredRows {
    private static final int AT_ONCE = 1000;

    private final RowQuery query;
    private final String young;
    private final List<Reference> references;
    private final RowSink sink;
    private final Map<Long, WatermarkTable> others = new HashMap<>();
    private final Map<Long, Set<String>> taken = new HashMap<>();
    private final Deque<Found> found = new ArrayDeque<>();

    /** Rows whose own references are still to be followed. */
    private record Found(WatermarkTable table, List<String> places) {}

    ReferredRows(
            RowQuery query,
            Moment moment,
            long begun,
            List<WatermarkTable> others,
            List<Reference> references,
            RowSink sink) {
        this.query = query;
        this.young = moment.youngerThan("t", begun);
        this.references = references;
        this.sink = sink;
        others.forEach(table -> this.others.put(table.oid(), table));
    }

    /** @param condition SQL over row {@code c} of the table that refers */
    void follow(WatermarkTable child, String condition) throws SQLException, IOException {
        take(child, condition);
        while (!found.isEmpty()) {
            Found next = found.pop();
            for (int from = 0; from < next.places().size(); from += AT_ONCE) {
                List<String> some = next.places()
                        .subList(from, Math.min(from + AT_ONCE, next.places().size()));
                take(next.table(), "c.ctid = ANY ('{\"" + String.join("\",\"", some) + "\"}'::tid[])");
            }
        }
    }

    private void take(WatermarkTable child, String condition) throws SQLException, IOException {
        for (Reference reference : references) {
            WatermarkTable parent = others.get(reference.parent());
            if (reference.child() != child.oid() || parent == null) {
                continue;
            }
            Set<String> known = taken.computeIfAbsent(reference.parent(), oid -> new HashSet<>());
            List<String> places = new ArrayList<>();
            String referred = young + " AND EXISTS (SELECT FROM ONLY "
                    + child.name().quoted() + " c WHERE " + condition + " AND " + reference.same() + ")";
            query.read(parent, referred, (writer, place, cells) -> {
                if (known.add(place)) {
                    places.add(place);
                    sink.row(parent, cells);
                }
            });
            if (!places.isEmpty()) {
                found.push(new Found(parent, places));
            }
        }
    }
}
