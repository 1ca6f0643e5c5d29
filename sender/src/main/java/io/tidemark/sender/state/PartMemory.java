package io.tidemark.sender.state;

import io.tidemark.blob.BlobId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the complete that was sealed last. It saves reading them again, nothing else: lost, it is made anew by the next complete.
 * What a complete under way notes takes the place of the old when it is sealed.
 */
public final class PartMemory {
    private static final String GROUND = "parts.ground";
    private static final String HORIZON = "parts.horizon";
    private static final String READ = "parts.read";

    private final StateDatabase database;
    private final Notes notes;
    private @Nullable Memory pending;

    PartMemory(StateDatabase database, Notes notes) {
        this.database = database;
        this.notes = notes;
    }

    /**
     * On what the memory rests.
     *
     * @param horizon a transaction
     * @param read when every part was read for the last time
     */
    public record Memory(String ground, long horizon, Instant read) {}

    /** A content of a part. */
    public record Content(BlobId blob, long rows, long bytes) {}

    /** A part; {@code digest} in hexadecimal. */
    public record Part(int number, long rows, String digest, List<Content> contents) {}

    /** Forgets what a complete that was not sealed noted, and tells what there is. */
    public Optional<Memory> begin() {
        return database.write(() -> {
            pending = null;
            database.update("DELETE FROM temp.part_noted");
            Optional<String> ground = notes.get(GROUND);
            Optional<String> read = notes.get(READ);
            return ground.isPresent() && read.isPresent()
                    ? Optional.of(new Memory(ground.get(), notes.number(HORIZON), Instant.parse(read.get())))
                    : Optional.<Memory>empty();
        });
    }

    /** Empty where it is not remembered, or a content of it is not known to be at the receiver. */
    public Optional<Part> find(String relation, int part) {
        return database.read(() -> {
            try (ResultSet row = database.statement(
                            "SELECT rows, digest, contents FROM part WHERE relation = ? AND part = ?", relation, part)
                    .executeQuery()) {
                if (!row.next()) {
                    return Optional.<Part>empty();
                }
                Part found = new Part(part, row.getLong(1), row.getString(2), contents(row.getString(3)));
                return known(found) ? Optional.of(found) : Optional.<Part>empty();
            }
        });
    }

    private boolean known(Part part) throws SQLException {
        BlobTable blobs = new BlobTable(database);
        for (Content content : part.contents()) {
            if (!blobs.known(content.blob())) {
                return false;
            }
        }
        for (Content content : part.contents()) {
            blobs.named(content.blob());
        }
        return true;
    }

    public void note(String relation, Part part) {
        database.read(() -> database.update(
                "INSERT OR REPLACE INTO temp.part_noted (relation, part, rows, digest, contents) VALUES (?, ?, ?, ?, ?)",
                relation,
                part.number(),
                part.rows(),
                part.digest(),
                text(part.contents())));
    }

    /** What was noted since {@link #begin} is everything; it counts once the bundle is sealed. */
    public void end(Memory memory) {
        database.read(() -> {
            pending = memory;
            return true;
        });
    }

    /** Within the transaction that seals a bundle. */
    void seal() throws SQLException {
        Memory memory = pending;
        if (memory != null) {
            database.update("DELETE FROM part");
            database.update("INSERT INTO part SELECT relation, part, rows, digest, contents FROM temp.part_noted");
            notes.put(GROUND, memory.ground());
            notes.put(HORIZON, Long.toString(memory.horizon()));
            notes.put(READ, memory.read().toString());
            pending = null;
        }
    }

    private static String text(List<Content> contents) {
        List<String> words = new ArrayList<>();
        contents.forEach(content -> words.add(content.blob().hex() + ":" + content.rows() + ":" + content.bytes()));
        return String.join(",", words);
    }

    private static List<Content> contents(String text) {
        List<Content> contents = new ArrayList<>();
        for (String word : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            String[] fields = word.split(":", -1);
            contents.add(new Content(new BlobId(fields[0]), Long.parseLong(fields[1]), Long.parseLong(fields[2])));
        }
        return contents;
    }
}
