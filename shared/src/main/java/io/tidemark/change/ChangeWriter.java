package io.tidemark.change;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.tidemark.position.Lsn;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/** Writes a change file: JSON lines in one zstd frame. Only what is buffered is in memory. */
public final class ChangeWriter implements Closeable {
    private static final int LEVEL = 1;
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private final ChangeHeader header;
    private final OutputStream out;
    private final JsonGenerator json;
    private long inserted;
    private long updated;
    private long deleted;

    /** Writes a new file, which is not synced. */
    public ChangeWriter(Path file, ChangeHeader header) throws IOException {
        this(Files.newOutputStream(file), header);
    }

    /** @param out closed with the writer */
    public ChangeWriter(OutputStream out, ChangeHeader header) throws IOException {
        this.header = header;
        this.out = new ZstdOutputStreamNoFinalizer(out, LEVEL);
        this.json = JSON.createGenerator(this.out, JsonEncoding.UTF8);
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        head();
    }

    private void head() throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", header.table().schema());
        json.writeStringField("table", header.table().name());
        json.writeArrayFieldStart("columns");
        for (ChangeHeader.Column column : header.columns()) {
            json.writeStartObject();
            json.writeStringField("name", column.name());
            json.writeStringField("type", column.type());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("key");
        for (String name : header.key()) {
            json.writeString(name);
        }
        json.writeEndArray();
        json.writeBooleanField("truncated", header.truncated());
        json.writeEndObject();
    }

    public void write(RowChange change) throws IOException {
        count(change.op());
        json.writeStartObject();
        json.writeStringField("op", word(change.op()));
        json.writeFieldName(change.op() == RowChange.Op.DELETE ? "key" : "row");
        cells(change.cells());
        if (!change.formerly().isEmpty()) {
            json.writeArrayFieldStart("formerly");
            for (RowChange.Formerly former : change.formerly()) {
                json.writeStartObject();
                json.writeFieldName("key");
                cells(former.key());
                json.writeStringField("until", former.until().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /**
     * Writes what a {@link Compactor} tells.
     *
     * @param ends of a former key's transaction
     */
    public void write(RowChange.Op op, Tuple cells, List<Former> formerly, IntFunction<Lsn> ends) throws IOException {
        count(op);
        json.writeStartObject();
        json.writeStringField("op", word(op));
        json.writeFieldName(op == RowChange.Op.DELETE ? "key" : "row");
        cells.write(json);
        if (!formerly.isEmpty()) {
            json.writeArrayFieldStart("formerly");
            for (Former former : formerly) {
                json.writeStartObject();
                json.writeFieldName("key");
                former.key().write(json);
                json.writeStringField("until", ends.apply(former.transaction()).toString());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static String word(RowChange.Op op) {
        return switch (op) {
            case INSERT -> "insert";
            case UPDATE -> "update";
            case DELETE -> "delete";
        };
    }

    private void count(RowChange.Op op) {
        switch (op) {
            case INSERT -> inserted++;
            case UPDATE -> updated++;
            case DELETE -> deleted++;
        }
    }

    private void cells(List<Cell> cells) throws IOException {
        json.writeStartArray();
        for (Cell cell : cells) {
            if (cell.unchanged()) {
                json.writeBoolean(false);
            } else if (cell.text() == null) {
                json.writeNull();
            } else {
                json.writeString(cell.text());
            }
        }
        json.writeEndArray();
    }

    public ChangeHeader header() {
        return header;
    }

    public long rows() {
        return inserted + updated + deleted;
    }

    public long inserted() {
        return inserted;
    }

    public long updated() {
        return updated;
    }

    public long deleted() {
        return deleted;
    }

    /** Ends the frame: without it the file cannot be read. */
    @Override
    public void close() throws IOException {
        try (out) {
            if (!json.isClosed()) {
                json.writeRaw('\n');
                json.close();
            }
        }
    }
}
