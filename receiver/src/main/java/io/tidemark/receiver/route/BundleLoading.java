package io.tidemark.receiver.route;

import io.tidemark.bundle.BundleId;
import io.tidemark.database.Database;
import io.tidemark.failure.DamagedException;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.chain.Waiting;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.inbox.ReceivedBundle;
import io.tidemark.receiver.load.SourceFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The step that loads what waits, source by source. A bundle that cannot be loaded holds up only those that come behind it in the chain. */
final class BundleLoading {
    private final Database database;
    private final BundleStep step;
    private final Runnable beforeLoad;

    BundleLoading(Database database, BundleStep step, Runnable beforeLoad) {
        this.database = database;
        this.step = step;
        this.beforeLoad = beforeLoad;
    }

    /** @param meanwhile what is done while a complete is staged */
    List<BundleOutcome> loadAll(Meanwhile meanwhile) {
        List<BundleOutcome> outcomes = load(Optional.of(meanwhile));
        Set<BundleId> rest = new HashSet<>();
        outcomes.stream().filter(SourceRound::waits).forEach(outcome -> rest.add(outcome.bundle()));
        step.memory().keep(rest);
        return outcomes;
    }

    /** While a complete is staged. */
    List<BundleOutcome> loadPartials() {
        return load(Optional.empty());
    }

    private List<BundleOutcome> load(Optional<Meanwhile> meanwhile) {
        List<BundleOutcome> outcomes = new ArrayList<>();
        try {
            Map<String, List<Candidate>> sources = candidates(outcomes);
            for (Map.Entry<String, List<Candidate>> source : sources.entrySet()) {
                outcomes.addAll(
                        new SourceRound(step, first -> facts(source.getKey(), first), meanwhile, source.getValue())
                                .run());
            }
            return outcomes;
        } catch (IOException failure) {
            throw new TidemarkException(
                    Intake.Failures.code(failure),
                    "cannot load what waits: " + failure.getMessage(),
                    Intake.Failures.hint(failure, "check work.folder, archive.folder and receipts.folder"),
                    failure);
        }
    }

    private SourceFacts facts(String source, long first) {
        beforeLoad.run();
        return SourceFacts.read(database, source, first);
    }

    /** Opens what waits; a bundle whose manifest is damaged is done with. */
    private Map<String, List<Candidate>> candidates(List<BundleOutcome> refused) throws IOException {
        Map<String, List<Candidate>> sources = new TreeMap<>();
        for (ReceivedBundle bundle : step.incoming().waiting()) {
            try {
                BundleFolder folder = BundleFolder.open(bundle.folder());
                if (!folder.manifest().id().equals(bundle.id())) {
                    throw new DamagedException("named " + bundle.id() + ", and its manifest is that of "
                            + folder.manifest().id());
                }
                Candidate candidate = new Candidate(
                        bundle, folder.manifest(), Waiting.of(folder.manifest(), folder.manifestSha256()));
                sources.computeIfAbsent(bundle.id().source(), source -> new ArrayList<>())
                        .add(candidate);
            } catch (DamagedException damaged) {
                refused.add(step.refuse(bundle, damaged.reason()));
            }
        }
        return sources;
    }
}
