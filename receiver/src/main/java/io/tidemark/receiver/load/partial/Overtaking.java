package io.tidemark.receiver.load.partial;

import io.tidemark.bundle.Manifest;
import io.tidemark.change.ChangeHeader;
import io.tidemark.table.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether partials went beyond a complete in a way that it cannot be merged after: a pure comparison of manifests. */
final class Overtaking {
    private Overtaking() {}

    /** @return what stands against the merge; empty where nothing does */
    static Optional<String> reason(Manifest complete, List<Manifest> later) {
        Map<TableName, Set<ChangeHeader.Column>> columns = new HashMap<>();
        for (Manifest.Table table : complete.tables()) {
            columns.put(
                    table.name(),
                    table.shape().copied().stream()
                            .map(column -> new ChangeHeader.Column(column.name(), column.type()))
                            .collect(Collectors.toSet()));
        }
        Map<TableName, Set<String>> keys = new HashMap<>();
        for (Manifest partial : later) {
            for (Manifest.Changes changes : Targets.changes(partial)) {
                Set<ChangeHeader.Column> before = columns.get(changes.table());
                if (before != null && !before.equals(new HashSet<>(changes.columns()))) {
                    return Optional.of("table " + changes.table() + " has other columns since bundle " + partial.id());
                }
                Set<String> key = new HashSet<>(changes.key());
                if (!key.equals(keys.computeIfAbsent(changes.table(), any -> key))) {
                    return Optional.of("table " + changes.table() + " has another key since bundle " + partial.id());
                }
            }
        }
        return Optional.empty();
    }
}
