package io.tidemark.sender.route;

import io.tidemark.bundle.BundleId;
import io.tidemark.failure.DamagedException;
import io.tidemark.json.StrictJson;
import io.tidemark.logging.LogScope;
import io.tidemark.receipt.Receipt;
import io.tidemark.receipt.ReceiptFiles;
import io.tidemark.sender.route.link.RemoteFolder;
import io.tidemark.sender.state.SenderState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the receiver says back into the state: every receipt once, and again when it has changed. */
public final class Receipts {
    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);
    /** The state's note of the newest file read. */
    private static final String READ_UNTIL = "receipts.read-until";
    /** Files may appear with a time that has passed already, and times are whole seconds. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);
    /** The newest bundles' receipts are read whatever their times, so that a clock set back hides nothing for long. */
    private static final int NEWEST = 3;

    private static final int MAX_SIZE = 16 << 20;

    private final RemoteFolder folder;
    private final String source;
    private final SenderState state;
    private final Set<RemoteFolder.Entry> seen = new HashSet<>();

    Receipts(RemoteFolder folder, String source, SenderState state) {
        this.folder = folder;
        this.source = source;
        this.state = state;
    }

    /** The receiver's identity comes last: what it says is newer than any receipt. */
    public synchronized void read() throws IOException {
        List<RemoteFolder.Entry> all = folder.list();
        List<RemoteFolder.Entry> receipts = all.stream()
                .filter(entry -> bundleOf(entry).isPresent())
                .sorted(Comparator.comparing(entry -> bundleOf(entry).orElseThrow()))
                .toList();
        Instant until = state.note(READ_UNTIL).map(Instant::parse).orElse(Instant.MIN);
        for (int i = 0; i < receipts.size(); i++) {
            RemoteFolder.Entry entry = receipts.get(i);
            boolean recent = until.equals(Instant.MIN) || !entry.modified().isBefore(until.minus(OVERLAP));
            if ((recent || i >= receipts.size() - NEWEST) && !seen.contains(entry)) {
                receipt(entry);
            }
        }
        for (RemoteFolder.Entry entry : all) {
            if (entry.name().equals(ReceiptFiles.store(source)) && !seen.contains(entry)) {
                store(entry);
            }
        }
        seen.retainAll(new HashSet<>(all));
        receipts.stream()
                .map(RemoteFolder.Entry::modified)
                .max(Comparator.naturalOrder())
                .filter(newest -> !newest.equals(until))
                .ifPresent(newest -> state.note(READ_UNTIL, newest.toString()));
    }

    private Optional<BundleId> bundleOf(RemoteFolder.Entry entry) {
        return ReceiptFiles.bundleOf(entry.name())
                .filter(bundle -> bundle.source().equals(source));
    }

    private void receipt(RemoteFolder.Entry entry) throws IOException {
        try {
            Receipt receipt = StrictJson.read(content(entry), Receipt.class);
            if (!receipt.bundle().equals(bundleOf(entry).orElseThrow().name())) {
                throw new DamagedException("it speaks of " + receipt.bundle());
            }
            if (state.receipt(receipt)) {
                LogScope.aboutBundle(receipt.bundle(), () -> {
                    LOG.info("receipt: {} is {} {}", receipt.bundle(), receipt.state(), receipt.reason());
                    return true;
                });
            }
        } catch (DamagedException e) {
            LOG.warn("receipt {} is not understood: {}", entry.name(), e.reason());
        }
        seen.add(entry);
    }

    private void store(RemoteFolder.Entry entry) throws IOException {
        try {
            state.storeSeen(
                    StrictJson.read(content(entry), ReceiptFiles.Store.class).store());
        } catch (DamagedException e) {
            LOG.warn("{} is not understood: {}", entry.name(), e.reason());
        }
        seen.add(entry);
    }

    private byte[] content(RemoteFolder.Entry entry) throws IOException {
        if (entry.size() > MAX_SIZE) {
            throw new DamagedException("it has " + entry.size() + " bytes");
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream((int) entry.size());
        folder.read(entry.name(), content);
        return content.toByteArray();
    }
}
