package io.tidemark.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tidemark.blob.BlobId;

/**
 * A line of {@code parts.jsonl.zst}: a run of whole rows of one table, as COPY wrote it. Lines of one table stand together and in the
 * order of the heap.
 *
 * @param table index into the manifest's tables
 * @param part the part's number: heap page / pages per part; a part whose rows take more room than one blob may hold has several lines
 * @param bytes of the blob before compression
 */
public record PartRecord(
        @JsonProperty("t") int table,
        @JsonProperty("p") long part,
        @JsonProperty("blob") BlobId blob,
        @JsonProperty("rows") long rows,
        @JsonProperty("bytes") long bytes) {
    public PartRecord {
        if (table < 0 || part < 0 || rows < 0 || bytes < 0) {
            throw new IllegalArgumentException("a part has a negative number");
        }
    }
}
