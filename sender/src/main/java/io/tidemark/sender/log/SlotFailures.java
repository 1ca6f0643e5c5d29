package io.tidemark.sender.log;

import io.tidemark.database.SqlFailures;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.sql.SQLException;

/** What it means that a slot could not be read. */
final class SlotFailures {
    private SlotFailures() {}

    /**
     * @throws BrokenChainException where the slot is of no use any more: the server has thrown away what it needs, or the publication was not there
     *     at a place that has to be read
     */
    static TidemarkException of(String slot, SQLException failure) {
        return switch (String.valueOf(failure.getSQLState())) {
            case "55006" ->
                new TidemarkException(
                        FailureCode.BUSY,
                        "slot " + slot + " is read by somebody else",
                        "a second sender of the same source, or one that has just ended? look at pg_replication_slots",
                        failure);
            case "42704", "55000" ->
                throw new BrokenChainException("slot " + slot + " cannot be read any more: " + failure.getMessage());
            default -> SqlFailures.of("reading the log through slot " + slot, failure);
        };
    }
}
