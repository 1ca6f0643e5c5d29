package io.tidemark.receiver.route;

import io.tidemark.bundle.BundleId;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receipt.Receipt;
import io.tidemark.receiver.chain.Chain;
import io.tidemark.receiver.chain.Decision;
import io.tidemark.receiver.load.SourceFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * Loads what can be loaded of one source's bundles, and after each goes through the others again: what waited for it comes next in the same
 * round. Partials come before completes, since they are quick and a complete takes no row back in time.
 */
final class SourceRound {
    private final BundleStep step;
    private final LongFunction<SourceFacts> ledger;
    private final Optional<Meanwhile> meanwhile;
    private final Map<BundleId, Candidate> waiting = new TreeMap<>();
    private final Map<BundleId, BundleOutcome> outcomes = new TreeMap<>();
    private final Set<BundleId> tried = new HashSet<>();

    /**
     * @param ledger what it says, asked with the lowest sequence that matters
     * @param meanwhile what is done while a complete is staged; absent where completes are left alone
     */
    SourceRound(
            BundleStep step,
            LongFunction<SourceFacts> ledger,
            Optional<Meanwhile> meanwhile,
            Collection<Candidate> candidates) {
        this.step = step;
        this.ledger = ledger;
        this.meanwhile = meanwhile;
        candidates.forEach(candidate -> waiting.put(candidate.id(), candidate));
    }

    /** In the order of their sequences. */
    List<BundleOutcome> run() throws IOException {
        try {
            while (!waiting.isEmpty()) {
                SourceFacts facts = facts();
                Chain chain = chain(facts);
                Optional<Candidate> next = next(chain);
                if (next.isEmpty()) {
                    hold(chain, facts);
                    break;
                }
                act(next.get(), chain, facts);
            }
        } catch (TidemarkException away) {
            for (Candidate candidate : waiting.values()) {
                outcomes.put(candidate.id(), step.failed(candidate, away, Optional.empty()));
            }
        }
        return List.copyOf(outcomes.values());
    }

    private SourceFacts facts() {
        return ledger.apply(waiting.keySet().iterator().next().sequence());
    }

    private Chain chain(SourceFacts facts) {
        return new Chain(
                facts.state(),
                facts.loaded(),
                waiting.values().stream().map(Candidate::place).toList());
    }

    /** What is done with at once, then the first partial that can be loaded, then the first complete. */
    private Optional<Candidate> next(Chain chain) {
        Candidate partial = null;
        Candidate complete = null;
        for (Candidate candidate : waiting.values()) {
            Decision decision = chain.decide(candidate.place());
            boolean leftAlone = candidate.place().isComplete() && meanwhile.isEmpty();
            if (leftAlone || tried.contains(candidate.id()) || decision instanceof Decision.Hold) {
                continue;
            }
            if (!(decision instanceof Decision.Load)) {
                return Optional.of(candidate);
            }
            if (candidate.place().isComplete()) {
                complete = complete == null ? candidate : complete;
            } else {
                partial = partial == null ? candidate : partial;
            }
        }
        return Optional.ofNullable(partial == null ? complete : partial);
    }

    private void act(Candidate candidate, Chain chain, SourceFacts facts) throws IOException {
        BundleOutcome outcome = step.act(
                candidate, chain, facts, () -> ledger.apply(candidate.id().sequence()), meanwhile());
        outcomes.put(candidate.id(), outcome);
        tried.add(candidate.id());
        switch (outcome.receipt().state()) {
            case LOADED -> {
                waiting.remove(candidate.id());
                tried.clear();
            }
            case COVERED, REFUSED -> waiting.remove(candidate.id());
            case MISSING, HELD -> {
                // It stays, and others may find themselves behind it.
            }
        }
    }

    /** Others have loaded what is not in the inbox any more. */
    private Meanwhile meanwhile() {
        return meanwhile
                .map(others -> others.and(() -> waiting.values().removeIf(candidate -> !candidate.isHere())))
                .orElse(Meanwhile.NOTHING);
    }

    private void hold(Chain chain, SourceFacts facts) throws IOException {
        List<Candidate> rest = new ArrayList<>(waiting.values());
        for (Candidate candidate : rest) {
            if (chain.decide(candidate.place()) instanceof Decision.Hold hold) {
                outcomes.put(candidate.id(), step.hold(candidate, hold, facts));
            }
        }
    }

    /** Whether an outcome left the bundle where it is. */
    static boolean waits(BundleOutcome outcome) {
        return outcome.receipt().state() == Receipt.State.HELD
                || outcome.receipt().state() == Receipt.State.MISSING;
    }
}
