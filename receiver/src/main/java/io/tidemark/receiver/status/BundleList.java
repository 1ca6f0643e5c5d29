package io.tidemark.receiver.status;

import io.tidemark.bundle.BundleId;
import io.tidemark.receipt.Receipt;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.inbox.Incoming;
import io.tidemark.receiver.load.LedgerEntry;
import io.tidemark.receiver.load.LoadedBundles;
import io.tidemark.receiver.settings.ReceiverSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the receiver knows of bundles: the ledger has those that were loaded, receipts and folders tell of the others. */
public final class BundleList {
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

    private final ReceiverSettings settings;

    public BundleList(ReceiverSettings settings) {
        this.settings = settings;
    }

    /** Oldest first, by source. */
    public List<BundleRow> rows() throws IOException {
        Set<BundleId> archived = new HashSet<>(new Archive(settings.archiveFolder()).bundles());
        Map<BundleId, BundleRow> rows = new TreeMap<>();
        for (BundleId bundle : coming()) {
            rows.put(bundle, BundleRow.arriving(bundle));
        }
        Map<BundleId, Receipt> receipts = new ReceiptFolder(settings.receiptsFolder()).all();
        receipts.forEach((bundle, receipt) -> {
            if (receipt.state() != Receipt.State.LOADED) {
                rows.put(bundle, BundleRow.of(bundle, receipt, archived.contains(bundle)));
            }
        });
        for (LedgerEntry entry : LoadedBundles.read(settings.database().database(LOCK_TIMEOUT))) {
            BundleId.parse(entry.name())
                    .ifPresent(bundle -> rows.put(bundle, BundleRow.of(entry, archived.contains(bundle))));
        }
        return List.copyOf(rows.values());
    }

    private List<BundleId> coming() throws IOException {
        Incoming incoming = new Incoming(settings.incomingFolder());
        List<BundleId> coming = new ArrayList<>(incoming.arriving());
        incoming.waiting().forEach(bundle -> coming.add(bundle.id()));
        return coming;
    }
}
