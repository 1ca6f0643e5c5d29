package io.tidemark.receiver.route;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.receipt.Receipt.TableResult;
import io.tidemark.receiver.load.LoadResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Tells of a loaded bundle; table by table only where that is not said every few seconds. */
final class LoadLog {
    private static final Logger LOG = LoggerFactory.getLogger(LoadLog.class);

    private LoadLog() {}

    static void tell(BundleId bundle, LoadResult result) {
        Level level = bundle.kind() == BundleKind.COMPLETE ? Level.INFO : Level.DEBUG;
        for (TableResult table : result.tables()) {
            if (table.inserted() + table.updated() + table.deleted() > 0) {
                LOG.atLevel(level)
                        .log(
                                "bundle {}: table {}.{}: {} inserted, {} updated, {} deleted",
                                bundle,
                                table.schema(),
                                table.name(),
                                table.inserted(),
                                table.updated(),
                                table.deleted());
            }
            if (!table.equal()) {
                LOG.warn(
                        "bundle {}: table {}.{} is not known to equal the primary ({})",
                        bundle,
                        table.schema(),
                        table.name(),
                        table.proof());
            }
        }
        LOG.info(
                "bundle {}: loaded in {} ms: {} rows inserted, {} updated, {} deleted; equal to the primary: {}",
                bundle,
                result.took().toMillis(),
                result.inserted(),
                result.updated(),
                result.deleted(),
                result.equal());
    }
}
