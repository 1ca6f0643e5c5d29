package io.tidemark.change;

/**
 * A key that a row had, while the log is read.
 *
 * @param transaction number of the transaction that took the key from the row; its end is only known once it has been read
 */
public record Former(Tuple key, int transaction) {}
