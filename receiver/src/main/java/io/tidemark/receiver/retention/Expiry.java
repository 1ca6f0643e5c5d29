package io.tidemark.receiver.retention;

import io.tidemark.bundle.BundleId;
import io.tidemark.crash.CrashPoints;
import io.tidemark.file.DurableFiles;
import io.tidemark.logging.LogScope;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.archive.BundleUse;
import io.tidemark.receiver.inbox.Incoming;
import io.tidemark.receiver.inbox.Quarantine;
import io.tidemark.receiver.settings.Lifetimes;
import io.tidemark.receiver.status.ReceiptFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what has outlived its time: bundles first, then contents that nothing names any more, then what lies in quarantine and old receipts.
 * Cut off anywhere, it is done by the next. Only for who holds the lock of loads, so that nothing is taken in or loaded meanwhile.
 */
public final class Expiry {
    private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);
    private static final String SCRATCH = "expire";

    private final Lifetimes lifetimes;
    private final Archive archive;
    private final StoredBundles stored;
    private final SweptContents contents;
    private final Incoming incoming;
    private final Quarantine quarantine;
    private final ReceiptFolder receipts;
    private final Clock clock;
    private final CrashPoints crashPoints;

    public Expiry(
            Lifetimes lifetimes,
            Archive archive,
            StoredBundles stored,
            Incoming incoming,
            Quarantine quarantine,
            ReceiptFolder receipts,
            Path workFolder,
            Clock clock,
            CrashPoints crashPoints) {
        this.lifetimes = lifetimes;
        this.archive = archive;
        this.stored = stored;
        this.contents = new SweptContents(archive, incoming, workFolder.resolve(SCRATCH), crashPoints);
        this.incoming = incoming;
        this.quarantine = quarantine;
        this.receipts = receipts;
        this.clock = clock;
        this.crashPoints = crashPoints;
    }

    /** What {@link #run} would do now. Changes nothing but its scratch folder. */
    public ExpiryReport dryRun() throws IOException {
        RetentionPlan plan = plan();
        Instant now = clock.instant();
        return new ExpiryReport(
                plan,
                sweep(plan.removed(), true),
                quarantine.olderThan(now.minus(lifetimes.quarantine())),
                oldReceipts(plan.removed(), now).size());
    }

    /** @param sweep whether to look for contents even where no bundle is removed; that reads the lists of all bundles */
    public ExpiryReport run(boolean sweep) throws IOException {
        archive.removeLeftOvers();
        RetentionPlan plan = plan();
        boolean complete = false;
        for (RetentionPlan.Verdict verdict : plan.inOrderOfRemoval()) {
            if (LogScope.aboutBundle(verdict.bundle().id(), () -> remove(verdict))) {
                complete |= verdict.bundle().isComplete();
            }
        }
        Swept swept = sweep || complete ? sweep(List.of(), false) : new Swept(0, 0, "");
        return told(new ExpiryReport(plan, swept, removeRefused(), removeReceipts()));
    }

    private RetentionPlan plan() throws IOException {
        return new RetentionPolicy(lifetimes).plan(stored.read(), clock.instant());
    }

    /** Where somebody began to read it since the plan was made, it stays. */
    private boolean remove(RetentionPlan.Verdict verdict) throws IOException {
        BundleId bundle = verdict.bundle().id();
        try (BundleUse use = BundleUse.removing(archive, bundle).orElse(null)) {
            if (use == null) {
                return false;
            }
            DurableFiles.remove(archive.path(bundle));
            crashPoints.pass(ExpireStep.BUNDLE_REMOVED);
            use.gone();
        }
        LOG.info("bundle {}: removed from the archive: {}", bundle, verdict.reason());
        return true;
    }

    private Swept sweep(List<BundleId> gone, boolean dry) throws IOException {
        Swept all = new Swept(0, 0, "");
        for (String source : archive.sources()) {
            all = all.plus(contents.sweep(source, gone, dry));
        }
        return all;
    }

    private List<String> removeRefused() throws IOException {
        List<String> old = quarantine.olderThan(clock.instant().minus(lifetimes.quarantine()));
        for (String name : old) {
            quarantine.remove(name);
            crashPoints.pass(ExpireStep.REFUSED_REMOVED);
        }
        return old;
    }

    private long removeReceipts() throws IOException {
        Set<BundleId> old = oldReceipts(List.of(), clock.instant());
        for (BundleId bundle : old) {
            receipts.remove(bundle);
            crashPoints.pass(ExpireStep.RECEIPT_REMOVED);
        }
        return old.size();
    }

    /** The newest of each source stays, by which a sender that lost its state learns how far it had counted. */
    private Set<BundleId> oldReceipts(List<BundleId> gone, Instant now) throws IOException {
        Set<BundleId> here = new HashSet<>(archive.bundles());
        here.removeAll(new HashSet<>(gone));
        incoming.waiting().forEach(bundle -> here.add(bundle.id()));
        here.addAll(incoming.arriving());
        TreeSet<BundleId> all = new TreeSet<>(receipts.bundles());
        Set<BundleId> old = new HashSet<>();
        for (BundleId bundle : all) {
            BundleId next = all.higher(bundle);
            boolean newest = next == null || !next.source().equals(bundle.source());
            if (!newest
                    && !here.contains(bundle)
                    && receipts.written(bundle).isBefore(now.minus(lifetimes.receipts()))) {
                old.add(bundle);
            }
        }
        return old;
    }

    private static ExpiryReport told(ExpiryReport report) {
        if (!report.swept().postponed().isEmpty()) {
            LOG.info("contents are not looked for: {}", report.swept().postponed());
        }
        if (report.swept().contents() > 0) {
            LOG.info(
                    "removed {} contents that no bundle names, {} bytes",
                    report.swept().contents(),
                    report.swept().bytes());
        }
        report.refused().forEach(name -> LOG.info("{} left the quarantine", name));
        if (report.receipts() > 0) {
            LOG.info("removed {} old receipts", report.receipts());
        }
        return report;
    }
}
