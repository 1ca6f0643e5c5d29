package io.tidemark.sender.capture;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is remembered of the parts of the complete before, so that those that no transaction wrote to since need not be read. Used by many
 * threads.
 */
public interface EarlierParts {
    /**
     * Begins a new complete.
     *
     * @param ground tells server and types; what was remembered on another ground is worth nothing
     * @return the first transaction that may have been outside of the complete before, as a 64-bit number; empty where nothing is remembered,
     *     or all has to be read for once
     */
    OptionalLong begin(String ground);

    /** Empty where the part is not remembered, or the receiver lacks one of its contents. */
    Optional<CopiedPart> find(String table, int part);

    /** To be remembered with the complete under way. */
    void note(String table, CopiedPart part);

    /** The complete under way has all its parts; remembered from the moment at which it is sealed. */
    void end(String ground, long horizon);
}
