package io.tidemark.change;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.tidemark.failure.DamagedException;
import io.tidemark.position.Lsn;
import io.tidemark.table.TableName;
import io.tidemark.zstd.FrameInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ChangeWriter} wrote, one change at a time, and nothing else. A row is in memory as a whole. */
public final class ChangeReader implements Closeable {
    private static final int MAX_NESTING = 8;
    /** The longest value, in characters: what PostgreSQL can print of one is shorter. */
    private static final int MAX_VALUE = 1 << 30;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxStringLength(MAX_VALUE)
                    .build())
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    private final InputStream in;
    private final String name;
    private final JsonParser json;
    private final ChangeHeader header;
    private long line = 1;

    private ChangeReader(InputStream in, String name) throws IOException {
        this.in = in;
        this.name = name;
        this.json = JSON.createParser(in);
        this.header = guarded(this::head);
    }

    /** @throws DamagedException where the file does not begin with a header */
    public static ChangeReader open(Path file) throws IOException {
        return open(Files.newInputStream(file), String.valueOf(file.getFileName()));
    }

    /**
     * @param compressed closed with the reader
     * @param name of what is read, for messages
     */
    public static ChangeReader open(InputStream compressed, String name) throws IOException {
        boolean opened = false;
        try {
            ChangeReader reader = new ChangeReader(new FrameInputStream(compressed), name);
            opened = true;
            return reader;
        } finally {
            if (!opened) {
                compressed.close();
            }
        }
    }

    public ChangeHeader header() {
        return header;
    }

    /** The next change; null after the last one. */
    public @Nullable RowChange next() throws IOException {
        line++;
        return guarded(() -> json.nextToken() != null ? Optional.of(change()) : Optional.<RowChange>empty())
                .orElse(null);
    }

    private ChangeHeader head() throws IOException {
        require(json.nextToken() == JsonToken.START_OBJECT, "no header");
        String schema = text("schema");
        String table = text("table");
        List<ChangeHeader.Column> columns = new ArrayList<>();
        arrayOf("columns");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken() == JsonToken.START_OBJECT, "a column that is no object");
            columns.add(new ChangeHeader.Column(text("name"), text("type")));
            endObject();
        }
        List<String> key = new ArrayList<>();
        arrayOf("key");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken() == JsonToken.VALUE_STRING, "a key column that is no text");
            key.add(json.getText());
        }
        field("truncated");
        require(json.nextToken().isBoolean(), "truncated is neither true nor false");
        boolean truncated = json.getBooleanValue();
        endObject();
        return new ChangeHeader(new TableName(schema, table), columns, key, truncated);
    }

    private RowChange change() throws IOException {
        require(json.currentToken() == JsonToken.START_OBJECT, "no object");
        RowChange.Op op = op(text("op"));
        boolean delete = op == RowChange.Op.DELETE;
        field(delete ? "key" : "row");
        List<Cell> cells = cells(delete ? header.key().size() : header.columns().size(), op == RowChange.Op.UPDATE);
        List<RowChange.Formerly> formerly = List.of();
        if (json.nextToken() == JsonToken.FIELD_NAME) {
            require(op == RowChange.Op.UPDATE && json.currentName().equals("formerly"), "an unknown property");
            formerly = formerly();
            json.nextToken();
        }
        require(json.currentToken() == JsonToken.END_OBJECT, "more properties than there can be");
        return new RowChange(op, cells, formerly);
    }

    private List<RowChange.Formerly> formerly() throws IOException {
        List<RowChange.Formerly> formerly = new ArrayList<>();
        require(json.nextToken() == JsonToken.START_ARRAY, "formerly is no array");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken() == JsonToken.START_OBJECT, "a former key that is no object");
            field("key");
            List<Cell> key = cells(header.key().size(), false);
            formerly.add(new RowChange.Formerly(key, Lsn.parse(text("until"))));
            endObject();
        }
        return formerly;
    }

    private List<Cell> cells(int count, boolean mayBeUnchanged) throws IOException {
        require(json.nextToken() == JsonToken.START_ARRAY, "cells are no array");
        List<Cell> cells = new ArrayList<>(count);
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            require(cells.size() < count, "more cells than columns");
            cells.add(cell(token, mayBeUnchanged));
        }
        require(cells.size() == count, "fewer cells than columns");
        return cells;
    }

    private Cell cell(@Nullable JsonToken token, boolean mayBeUnchanged) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            String text = json.getText();
            require(text.indexOf('\0') < 0, "a NUL character");
            return Cell.of(text);
        }
        if (token == JsonToken.VALUE_NULL) {
            return Cell.NULL;
        }
        require(token == JsonToken.VALUE_FALSE && mayBeUnchanged, "a cell that cannot be");
        return Cell.UNCHANGED;
    }

    private static RowChange.Op op(String word) throws DamagedException {
        return switch (word) {
            case "insert" -> RowChange.Op.INSERT;
            case "update" -> RowChange.Op.UPDATE;
            case "delete" -> RowChange.Op.DELETE;
            default -> throw new DamagedException("an unknown op");
        };
    }

    private String text(String field) throws IOException {
        field(field);
        if (json.nextToken() != JsonToken.VALUE_STRING) {
            throw new DamagedException(field + " is no text");
        }
        return json.getText();
    }

    private void arrayOf(String field) throws IOException {
        field(field);
        if (json.nextToken() != JsonToken.START_ARRAY) {
            throw new DamagedException(field + " is no array");
        }
    }

    private void field(String field) throws IOException {
        if (json.nextToken() != JsonToken.FIELD_NAME || !json.currentName().equals(field)) {
            throw new DamagedException(field + " is not where it has to be");
        }
    }

    private void endObject() throws IOException {
        require(json.nextToken() == JsonToken.END_OBJECT, "more properties than there can be");
    }

    private static void require(boolean condition, String otherwise) throws DamagedException {
        if (!condition) {
            throw new DamagedException(otherwise);
        }
    }

    private <T> T guarded(Step<T> step) throws IOException {
        try {
            return step.run();
        } catch (JsonProcessingException malformed) {
            throw at("JSON is not as specified: " + malformed.getOriginalMessage(), malformed);
        } catch (IllegalArgumentException impossible) {
            throw at(String.valueOf(impossible.getMessage()), impossible);
        } catch (DamagedException damaged) {
            throw at(damaged.reason(), damaged);
        } catch (UncheckedIOException wrapped) {
            throw wrapped.getCause();
        }
    }

    private DamagedException at(String problem, Exception cause) {
        return new DamagedException(name + ", line " + line + ": " + problem, cause);
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    @Override
    public void close() throws IOException {
        try (in) {
            json.close();
        }
    }
}
