package io.tidemark.receiver.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.PartRecord;
import io.tidemark.bundle.RecordReader;
import io.tidemark.bundle.RecordWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PartIndexTest {
    private static final BlobId A = blob("a");
    private static final BlobId B = blob("b");
    private static final BlobId C = blob("c");

    @Test
    void eachTablesContentsAreGivenInTheirOrder() throws IOException {
        PartIndex index = index(new BlobId[] {A, B, A, C, C, B}, new BlobId[] {}, new BlobId[] {C});
        assertThat(index.blobs(0)).as("contents of the first table").containsExactly(A, B, A, C, C, B);
        assertThat(index.count(0)).as("count of the first table").isEqualTo(6);
        assertThat(index.blobs(1)).as("contents of an empty table").isEmpty();
        assertThat(index.blobs(2)).as("contents of the last table").containsExactly(C);
    }

    @Test
    void whatTheOtherHasFallsAwayWhereverItStands() throws IOException {
        PartIndex now = index(new BlobId[] {A, B, C});
        PartIndex past = index(new BlobId[] {}, new BlobId[] {C, A});
        assertThat(now.less(0, past, 1)).as("new").containsExactly(B);
        assertThat(past.less(1, now, 0)).as("old").isEmpty();
        assertThat(now.less(0, past, 0)).as("all, beside an empty table").containsExactly(A, B, C);
    }

    @Test
    void equalContentsCountAsOftenAsTheyStand() throws IOException {
        PartIndex now = index(new BlobId[] {A, A, B, A});
        PartIndex past = index(new BlobId[] {A, B, B});
        assertThat(now.less(0, past, 0)).as("new").containsExactly(A, A);
        assertThat(past.less(0, now, 0)).as("old").containsExactly(B);
    }

    private static BlobId blob(String digit) {
        return new BlobId(digit.repeat(64));
    }

    private static PartIndex index(BlobId[]... tables) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try (RecordWriter<PartRecord> writer = new RecordWriter<>(lines, PartRecord.class)) {
            for (int table = 0; table < tables.length; table++) {
                for (int part = 0; part < tables[table].length; part++) {
                    writer.write(new PartRecord(table, part, tables[table][part], 1, 1));
                }
            }
        }
        ByteArrayInputStream written = new ByteArrayInputStream(lines.toByteArray());
        return PartIndex.read(new RecordReader<>(written, "parts", PartRecord.class), tables.length);
    }
}
