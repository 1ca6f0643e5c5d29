package io.tidemark.sender.capture;

import io.tidemark.bundle.PartRecord;
import io.tidemark.table.TableDigest;
import java.util.List;

/** What one part came to; a part without rows has no records. */
public record CopiedPart(int part, List<PartRecord> records, long rows, long bytes, TableDigest digest) {
    public CopiedPart {
        records = List.copyOf(records);
    }

    /** The same part in a manifest where its table stands elsewhere. */
    CopiedPart ofTable(int index) {
        return new CopiedPart(
                part,
                records.stream()
                        .map(line -> new PartRecord(index, part, line.blob(), line.rows(), line.bytes()))
                        .toList(),
                rows,
                bytes,
                digest);
    }
}
