package io.tidemark.sender.state;

import java.sql.SQLException;
import java.util.Optional;

/** How far a chain by watermark has read its tables; the text is whose who reads them. Only inside work of the database. */
final class ChainMarks {
    private static final String MARKS = "chain.marks";
    private static final String PENDING = "chain.marks.pending";

    private final Notes notes;

    ChainMarks(Notes notes) {
        this.notes = notes;
    }

    Optional<String> get() throws SQLException {
        return notes.get(MARKS);
    }

    void put(Optional<String> marks) throws SQLException {
        if (marks.isPresent()) {
            notes.put(MARKS, marks.get());
        }
    }

    /** They hold once the partial is whole that is pending. */
    void await(Optional<String> marks) throws SQLException {
        forgetPending();
        if (marks.isPresent()) {
            notes.put(PENDING, marks.get());
        }
    }

    void settle() throws SQLException {
        put(notes.get(PENDING));
        forgetPending();
    }

    void forgetPending() throws SQLException {
        notes.remove(PENDING);
    }

    void forget() throws SQLException {
        notes.remove(MARKS);
        forgetPending();
    }
}
