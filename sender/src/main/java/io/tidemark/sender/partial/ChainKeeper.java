package io.tidemark.sender.partial;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.VolumeName;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.position.Lsn;
import io.tidemark.position.SourceIdentity;
import io.tidemark.sender.log.LogNames;
import io.tidemark.sender.log.LogSource;
import io.tidemark.sender.log.Slot;
import io.tidemark.sender.outbox.Outbox;
import io.tidemark.sender.state.BundleState;
import io.tidemark.sender.state.Chain;
import io.tidemark.sender.state.ChainState;
import io.tidemark.sender.state.ChainTables;
import io.tidemark.sender.state.SenderState;
import io.tidemark.sender.state.SentBundle;
import io.tidemark.text.Human;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that the chain of partials is what the slot can give, and begins a new one where it is not. */
final class ChainKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(ChainKeeper.class);

    private final LogNames names;
    private final long maxRetained;
    private final Outbox outbox;
    private final SenderState state;
    private final CrashPoints crashPoints;

    ChainKeeper(LogNames names, long maxRetained, Outbox outbox, SenderState state, CrashPoints crashPoints) {
        this.names = names;
        this.maxRetained = maxRetained;
        this.outbox = outbox;
        this.state = state;
        this.crashPoints = crashPoints;
    }

    /** Settles what a partial left that was cut off: it is whole where its volume has its final name, else it never was. */
    void settle() {
        state.chain()
                .pending()
                .map(ChainState.Pending::bundle)
                .flatMap(BundleId::parse)
                .ifPresent(pending -> {
                    boolean whole = Files.exists(outbox.file(VolumeName.last(pending)))
                            || state.bundle(pending).filter(SentBundle::pushed).isPresent();
                    if (whole) {
                        state.chain().settle();
                    } else {
                        state.chain().forgetPending();
                    }
                });
        outbox.discardParts(BundleKind.PARTIAL);
        state.unfinished().stream()
                .filter(bundle -> bundle.id().kind() == BundleKind.PARTIAL)
                .filter(bundle -> bundle.state() == BundleState.CAPTURING
                        || !Files.exists(outbox.file(VolumeName.last(bundle.id()))))
                .forEach(cutOff -> {
                    outbox.discardUnfinished(cutOff.id());
                    state.giveUp(cutOff.id());
                });
    }

    /**
     * @param freshPublication whether the log up to now cannot be read through it
     * @param tables with which a new chain begins
     */
    Chain stand(LogSource source, SourceIdentity identity, boolean freshPublication, Supplier<ChainTables> tables) {
        Slot.Standing slot = source.slot();
        Optional<Chain> chain = state.chain().chain();
        Optional<String> problem = freshPublication && chain.isPresent()
                ? Optional.of("publication " + names.publication() + " is new")
                : problem(chain, identity, slot);
        return problem.isEmpty() ? chain.orElseThrow() : begin(source, identity, problem.get(), tables.get());
    }

    /** Whether {@link #stand} is going to begin a new one. */
    boolean isBroken(LogSource source, SourceIdentity identity, boolean freshPublication) {
        return freshPublication
                || problem(state.chain().chain(), identity, source.slot()).isPresent();
    }

    private Optional<String> problem(Optional<Chain> known, SourceIdentity identity, Slot.Standing slot) {
        if (known.isEmpty()) {
            return Optional.of(slot.exists() ? "the sender does not know how far it had come" : "it is the first");
        }
        Chain chain = known.get();
        if (!chain.identity().equals(identity)) {
            return Optional.of("the database is another one, or a standby was promoted");
        }
        if (chain.byWatermark()) {
            return Optional.of("changes were found by watermark before");
        }
        if (!slot.exists() || !chain.slot().equals(names.slot())) {
            return Optional.of("slot " + names.slot() + " is gone");
        }
        if (slot.lost()) {
            return Optional.of("the server has thrown away log that slot " + names.slot() + " needs");
        }
        if (slot.confirmed()
                .filter(confirmed -> confirmed.compareTo(chain.drained()) > 0)
                .isPresent()) {
            return Optional.of("slot " + names.slot() + " was moved on to "
                    + slot.confirmed().get() + ", and changes after " + chain.drained() + " are lost with that");
        }
        if (slot.retained() > maxRetained) {
            return Optional.of("slot " + names.slot() + " keeps back " + Human.bytes(slot.retained())
                    + " of log, more than slot.max-retained-wal");
        }
        return Optional.empty();
    }

    /** A new slot, and a complete asked for that the chain can stand on. */
    Chain begin(LogSource source, SourceIdentity identity, String reason, ChainTables tables) {
        Slot.Standing slot = source.slot();
        if (slot.exists() && !slot.ours()) {
            throw new TidemarkException(
                    FailureCode.FAILED,
                    "slot " + names.slot() + " is of another database or another kind",
                    "drop it if nobody needs it, or choose another source");
        }
        if (slot.active()) {
            throw new TidemarkException(
                    FailureCode.BUSY,
                    "slot " + names.slot() + " is read by somebody else",
                    "a second sender of the same source? look at pg_replication_slots");
        }
        if (slot.exists()) {
            source.dropSlot();
        }
        Lsn from = source.createSlot();
        crashPoints.pass(PartialStep.SLOT_CREATED);
        Chain chain = new Chain(names.slot(), identity, from, from, null);
        boolean first = state.chain().chain().isEmpty() && !slot.exists();
        NewChain fresh = new NewChain(state);
        fresh.begin(chain, reason, tables);
        if (first) {
            LOG.info("a chain of partials begins at {}, with slot {}", from, names.slot());
        } else {
            fresh.warn(from, reason);
        }
        crashPoints.pass(PartialStep.CHAIN_BEGUN);
        return chain;
    }
}
