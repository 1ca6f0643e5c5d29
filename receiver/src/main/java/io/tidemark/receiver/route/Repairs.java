package io.tidemark.receiver.route;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.Manifest;
import io.tidemark.receipt.Receipt.TableResult;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.chain.SourceState;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.load.LoadResult;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells what a complete repaired from what it brought: where partials from the log had reached beyond it, it has nothing to bring. */
record Repairs(Archive archive) {
    /** The label of a complete that the sender asked for, since partials alone do not do. */
    private static final String REQUESTED = "requested";

    /** @param before how far the replica was when the complete was loaded */
    long in(Manifest complete, Optional<SourceState> before, LoadResult result) throws IOException {
        if (before.isEmpty()
                || complete.label().equals(REQUESTED)
                || !before.get().identity().equals(complete.identity())
                || before.get().position().compareTo(complete.position().lsn()) < 0
                || !readsTheLog(complete.source(), before.get().partialSequence())) {
            return 0;
        }
        Set<String> keyed = complete.tables().stream()
                .filter(table -> !table.shape().key().isEmpty())
                .map(table -> table.name().toString())
                .collect(Collectors.toSet());
        return result.tables().stream()
                .filter(table ->
                        keyed.contains(new io.tidemark.table.TableName(table.schema(), table.name()).toString()))
                .mapToLong(Repairs::changed)
                .sum();
    }

    private static long changed(TableResult table) {
        return table.inserted() + table.updated() + table.deleted();
    }

    private boolean readsTheLog(String source, long sequence) throws IOException {
        for (BundleId each : archive.bundles()) {
            if (each.source().equals(source) && each.sequence() == sequence) {
                Optional<BundleFolder> folder = archive.open(each);
                Manifest.Partial partial =
                        folder.isEmpty() ? null : folder.get().manifest().partial();
                return partial != null && partial.mode() == Manifest.Mode.LOG;
            }
        }
        return false;
    }
}
