package io.tidemark.receiver.inbox;

import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.PartRecord;
import io.tidemark.failure.DamagedException;
import java.util.BitSet;
import java.util.List;

/** Holds the lines of {@code parts.jsonl.zst} to the manifest, one at a time. */
final class PartsCheck {
    private static final int NONE = -1;

    private final Manifest manifest;
    private final Problems problems;
    private final BitSet begun = new BitSet();
    private int table = NONE;
    private long part;
    private long rows;
    private long bytes;
    private long count;

    PartsCheck(Manifest manifest, Problems problems) {
        this.manifest = manifest;
        this.problems = problems;
    }

    void line(PartRecord line) throws DamagedException {
        count++;
        if (line.table() >= manifest.tables().size()) {
            throw new DamagedException(at("a table that the manifest does not list"));
        }
        if (line.table() != table) {
            finishTable();
            if (begun.get(line.table())) {
                problems.add(at("table " + name(line.table()) + " begins a second time"));
            }
            begun.set(line.table());
            table = line.table();
        } else if (line.part() < part) {
            problems.add(at("part " + line.part() + " of table " + name(table) + " follows after part " + part));
        }
        part = line.part();
        try {
            rows = Math.addExact(rows, line.rows());
            bytes = Math.addExact(bytes, line.bytes());
        } catch (ArithmeticException overflow) {
            throw new DamagedException(at("numbers add up to more than 64 bits hold"), overflow);
        }
    }

    void end() throws DamagedException {
        finishTable();
        List<Manifest.Table> tables = manifest.tables();
        for (int i = 0; i < tables.size(); i++) {
            if (!begun.get(i) && (tables.get(i).rows() != 0 || tables.get(i).bytes() != 0)) {
                problems.add(EntryName.PARTS + ": table " + name(i) + " is missing");
            }
        }
        if (count != manifest.parts().count()) {
            problems.add(EntryName.PARTS + ": " + count + " lines, the manifest says "
                    + manifest.parts().count());
        }
    }

    private void finishTable() throws DamagedException {
        if (table != NONE) {
            Manifest.Table listed = manifest.tables().get(table);
            if (rows != listed.rows() || bytes != listed.bytes()) {
                problems.add(EntryName.PARTS + ": table " + listed.name() + " has " + rows + " rows in " + bytes
                        + " bytes, the manifest says " + listed.rows() + " in " + listed.bytes());
            }
        }
        rows = 0;
        bytes = 0;
    }

    private String name(int index) {
        return manifest.tables().get(index).name().toString();
    }

    private String at(String problem) {
        return EntryName.PARTS + ", line " + count + ": " + problem;
    }
}
