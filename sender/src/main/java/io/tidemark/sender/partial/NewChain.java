package io.tidemark.sender.partial;

import io.tidemark.position.Lsn;
import io.tidemark.sender.state.Chain;
import io.tidemark.sender.state.ChainTables;
import io.tidemark.sender.state.SenderState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins a chain of partials that needs a complete to stand on. */
final class NewChain {
    private static final Logger LOG = LoggerFactory.getLogger(NewChain.class);

    private final SenderState state;

    NewChain(SenderState state) {
        this.state = state;
    }

    void begin(Chain chain, String reason, ChainTables tables) {
        state.chain().begin(chain, "a new chain of partials begins: " + reason, tables);
    }

    void warn(Lsn from, String reason) {
        LOG.warn(
                "a NEW chain of partials begins at {}: {}; a complete is needed to bridge the gap"
                        + " (hint: the service makes it by itself; else run tidemark-sender complete)",
                from,
                reason);
    }

    /** What was read up to {@code to} is in no partial, since it would be wrong there; the slot goes on. */
    void leaveOut(Chain chain, Lsn to, String reason, ChainTables tables) {
        begin(new Chain(chain.slot(), chain.identity(), to, to, null), reason, tables);
        warn(to, reason);
    }
}
