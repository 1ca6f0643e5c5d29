package io.tidemark.sender.state;

/**
 * How far bundles have come.
 *
 * @param pushed the highest sequence whose bundle is wholly pushed; 0 for none
 * @param loaded the highest sequence that the receiver says is in its database; 0 for none
 */
public record Confirmed(long pushed, long loaded) {}
