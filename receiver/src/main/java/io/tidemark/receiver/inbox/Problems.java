package io.tidemark.receiver.inbox;

import io.tidemark.failure.DamagedException;

/** Where checks tell what they find: the first problem is enough to refuse a bundle, a person wants to see all of them. */
@FunctionalInterface
public interface Problems {
    void add(String problem) throws DamagedException;

    /** Stops at the first. */
    static Problems refuse() {
        return problem -> {
            throw new DamagedException(problem);
        };
    }

    /** For a second reading of what was judged before. */
    static Problems ignore() {
        return problem -> {};
    }
}
