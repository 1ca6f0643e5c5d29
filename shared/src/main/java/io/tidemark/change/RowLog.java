package io.tidemark.change;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the changes of one table in the log's order. */
public interface RowLog {
    void insert(Tuple row) throws IOException;

    /**
     * @param oldKey null where the key stayed
     * @param now cells that the log does not repeat are unchanged, never those of the key
     * @param transaction number of the one in which it happens
     */
    void update(@Nullable Tuple oldKey, Tuple now, int transaction) throws IOException;

    /** @param gone its key */
    void delete(Tuple gone) throws IOException;

    void truncate() throws IOException;

    /**
     * A state that another has come to.
     *
     * @param before whether the key had a row when the range began
     * @param fresh whether its row came within the range, and not from another key
     * @param row null where there is none any more
     */
    void restore(Tuple key, boolean before, boolean fresh, @Nullable Tuple row, List<Former> formerly)
            throws IOException;
}
