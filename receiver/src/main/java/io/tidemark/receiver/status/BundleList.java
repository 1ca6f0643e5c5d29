package io.tidemark.receiver.status;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.Manifest;
import io.tidemark.receipt.Receipt;
import io.tidemark.receipt.Receipt.TableResult;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.chain.SourceState;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.inbox.Incoming;
import io.tidemark.receiver.inbox.ReceivedBundle;
import io.tidemark.receiver.load.LedgerEntry;
import io.tidemark.receiver.load.LoadedBundles;
import io.tidemark.receiver.postprocess.StepLedger;
import io.tidemark.receiver.postprocess.StepState;
import io.tidemark.receiver.settings.ReceiverSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** How far the data of each source are. */
    public Map<String, SourceState> sources() {
        return LoadedBundles.sources(settings.database().database(LOCK_TIMEOUT));
    }

    /** How far post-processing has come. */
    public List<StepState> steps() {
        return new StepLedger(settings.database().database(LOCK_TIMEOUT)).states();
    }

    /** A partial that is not loaded, with what its manifest says of each table. */
    public BundleRow withPromise(BundleRow row) throws IOException {
        if (row.isLoaded()) {
            return row;
        }
        for (ReceivedBundle bundle : new Incoming(settings.incomingFolder()).waiting()) {
            if (bundle.id().name().equals(row.bundle())) {
                Manifest.Partial partial =
                        BundleFolder.open(bundle.folder()).manifest().partial();
                return partial == null
                        ? row
                        : row.promising(partial.changes().stream()
                                .map(BundleList::promise)
                                .toList());
            }
        }
        return row;
    }

    /** What a bundle that lies here says of media; empty where it lies here no more. */
    public Optional<Manifest.Media> media(BundleRow row) throws IOException {
        Optional<BundleId> id = BundleId.parse(row.bundle());
        Optional<BundleFolder> archived =
                id.isEmpty() ? Optional.empty() : new Archive(settings.archiveFolder()).open(id.get());
        if (archived.isPresent()) {
            return Optional.of(archived.get().manifest().media());
        }
        for (ReceivedBundle bundle : new Incoming(settings.incomingFolder()).waiting()) {
            if (bundle.id().name().equals(row.bundle())) {
                return Optional.of(BundleFolder.open(bundle.folder()).manifest().media());
            }
        }
        return Optional.empty();
    }

    private static TableResult promise(Manifest.Changes changes) {
        return new TableResult(
                changes.table().schema(),
                changes.table().name(),
                changes.rows(),
                changes.inserted(),
                changes.updated(),
                changes.deleted(),
                false,
                "not loaded");
    }

    private List<BundleId> coming() throws IOException {
        Incoming incoming = new Incoming(settings.incomingFolder());
        List<BundleId> coming = new ArrayList<>(incoming.arriving());
        incoming.waiting().forEach(bundle -> coming.add(bundle.id()));
        return coming;
    }
}
