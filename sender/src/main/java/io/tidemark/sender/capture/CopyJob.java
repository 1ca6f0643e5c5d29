package io.tidemark.sender.capture;

import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.PartRecord;
import io.tidemark.table.TableDigest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Deals out the parts of all tables to the workers and puts their results together in heap order. */
final class CopyJob {
    private final List<PartPlan> plans;
    private final PartList list;
    private final Map<Integer, Progressing> tables = new TreeMap<>();
    private int nextTable;
    private int nextPart;

    CopyJob(List<PartPlan> plans, PartList list) {
        this.plans = plans;
        this.list = list;
        plans.forEach(plan -> tables.put(plan.index(), new Progressing(plan)));
    }

    /** Where finished tables' parts are listed. */
    @FunctionalInterface
    interface PartList {
        void add(PartRecord line) throws IOException;
    }

    /** A part to copy. */
    record Work(PartPlan plan, int part) {}

    /** The next part, or null when none is left. */
    synchronized @Nullable Work next() {
        if (nextTable == plans.size()) {
            return null;
        }
        PartPlan plan = plans.get(nextTable);
        Work work = new Work(plan, nextPart++);
        if (nextPart == plan.parts()) {
            nextTable++;
            nextPart = 0;
        }
        return work;
    }

    synchronized void done(PartPlan plan, CopiedPart result) throws IOException {
        Progressing table = tables.get(plan.index());
        if (table == null || !table.add(result)) {
            return;
        }
        for (List<PartRecord> part : table.records) {
            for (PartRecord line : part) {
                list.add(line);
            }
        }
        table.records.clear();
    }

    /** In the order of their indexes. */
    synchronized List<Manifest.Table> tables() {
        return tables.values().stream().map(Progressing::table).toList();
    }

    /** One table while its parts come in, in any order. */
    private static final class Progressing {
        private final PartPlan plan;
        private final List<List<PartRecord>> records = new ArrayList<>();
        private int left;
        private long rows;
        private long bytes;
        private TableDigest digest = TableDigest.EMPTY;

        private Progressing(PartPlan plan) {
            this.plan = plan;
            this.left = plan.parts();
            for (int part = 0; part < plan.parts(); part++) {
                records.add(List.of());
            }
        }

        private boolean add(CopiedPart result) {
            records.set(result.part(), result.records());
            rows += result.rows();
            bytes += result.bytes();
            digest = digest.plus(result.digest());
            return --left == 0;
        }

        private Manifest.Table table() {
            return new Manifest.Table(
                    plan.table().shape(),
                    plan.table().shape().fingerprint(),
                    plan.format(),
                    plan.pagesPerPart(),
                    rows,
                    bytes,
                    digest);
        }
    }
}
