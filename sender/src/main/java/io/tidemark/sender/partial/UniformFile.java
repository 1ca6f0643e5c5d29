package io.tidemark.sender.partial;

import io.tidemark.change.ChangeHeader;
import io.tidemark.change.ChangeReader;
import io.tidemark.change.ChangeSink;
import io.tidemark.change.ChangeWriter;
import io.tidemark.change.RowChange;
import io.tidemark.change.Tuple;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A change file whose changes are all of one kind and have no key twice. */
final class UniformFile implements Closeable {
    private final Path path;
    private final RowChange.Op op;
    private final ChangeWriter writer;

    /** @param path is made, and gone when this is closed */
    UniformFile(Path path, ChangeHeader header, RowChange.Op op) throws IOException {
        this.path = path;
        this.op = op;
        this.writer = new ChangeWriter(path, header);
    }

    RowChange.Op op() {
        return op;
    }

    ChangeHeader header() {
        return writer.header();
    }

    /** @param cells of the whole row, or of the key where it is a delete */
    void add(Tuple cells) throws IOException {
        writer.write(op, cells, List.of(), transaction -> {
            throw new IllegalStateException("no row has had another key");
        });
    }

    /** Ends it, and tells all in the order in which it was added. */
    void replay(ChangeSink sink) throws IOException {
        writer.close();
        try (ChangeReader reader = ChangeReader.open(path)) {
            for (RowChange change = reader.next(); change != null; change = reader.next()) {
                sink.row(op, Tuple.of(change.cells()), List.of());
            }
        }
    }

    /** Ends it and puts it there. */
    ChangeWriter moveTo(Path target) throws IOException {
        writer.close();
        Files.move(path, target);
        return writer;
    }

    @Override
    public void close() throws IOException {
        try (writer) {
            Files.deleteIfExists(path);
        }
    }
}
