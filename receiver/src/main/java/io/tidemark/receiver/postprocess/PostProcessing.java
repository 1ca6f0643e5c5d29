package io.tidemark.receiver.postprocess;

import io.tidemark.database.Database;
import io.tidemark.logging.LogScope;
import io.tidemark.receiver.settings.PostStep;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the steps that have something to do, in their order. A step that fails holds back those behind it, and is tried again after a while;
 * what it has to do is not lost, and grows by what is loaded meanwhile. One pass at a time among all processes of this receiver.
 */
public final class PostProcessing {
    private static final Logger LOG = LoggerFactory.getLogger(PostProcessing.class);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(15);
    private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(30);

    private final List<PostStep> steps;
    private final StepLedger ledger;
    private final Database database;
    private final Path outputs;
    private final Clock clock;
    /** How often a step has made way in a row: each time a load has a little more patience with it. */
    private final Map<String, Integer> madeWay = new ConcurrentHashMap<>();

    private volatile @Nullable StepWatch running;
    private volatile boolean stopped;

    /** @param outputs folder for what commands print */
    public PostProcessing(List<PostStep> steps, StepLedger ledger, Database database, Path outputs, Clock clock) {
        this.steps = List.copyOf(steps);
        this.ledger = ledger;
        this.database = database;
        this.outputs = outputs;
        this.clock = clock;
    }

    /**
     * Goes through the steps once.
     *
     * @param now whether failed steps are tried and steps with a rest run although it is not yet time
     * @return how the runs ended that there were
     */
    public List<StepOutcome> pass(boolean now) {
        List<StepOutcome> outcomes = new ArrayList<>();
        Map<String, StepState> states =
                ledger.states().stream().collect(Collectors.toMap(StepState::name, Function.identity()));
        for (PostStep step : steps) {
            StepState state = states.get(step.name());
            if (stopped || state == null) {
                break;
            }
            Optional<Due> due = ledger.due(state.reached());
            if (due.isPresent() && (now || isTime(step, state))) {
                outcomes.add(run(step, state, due.get()));
                if (!outcomes.get(outcomes.size() - 1).done()) {
                    break;
                }
            } else if (due.isPresent() && state.rests()) {
                break;
            }
        }
        if (outcomes.stream().anyMatch(StepOutcome::done)) {
            ledger.clean();
        }
        return outcomes;
    }

    private boolean isTime(PostStep step, StepState state) {
        Instant time = clock.instant();
        if (state.rests()) {
            return state.retry() == null || !time.isBefore(state.retry());
        }
        Instant started = state.started();
        return step.every().isZero()
                || started == null
                || !time.isBefore(started.plus(step.every()))
                // The clock was set back.
                || time.isBefore(started);
    }

    private StepOutcome run(PostStep step, StepState state, Due due) {
        return due.bundle().isEmpty()
                ? attempt(step, state, due)
                : LogScope.aboutBundle(due.bundle(), () -> attempt(step, state, due));
    }

    private StepOutcome attempt(PostStep step, StepState state, Due due) {
        ledger.started(step, clock.instant());
        StepRun run = step.sql().isPresent()
                ? new SqlRun(database, step, step.sql().get(), due, clock)
                : new CommandRun(ledger, database, step, due, outputs.resolve(step.name() + ".out"), clock);
        int ways = madeWay.getOrDefault(step.name(), 0);
        try (StepWatch watch = new StepWatch(database, step.name(), step.timeout(), patience(ways), run::end)) {
            running = watch;
            try {
                run.run();
            } catch (StepFailedException failure) {
                StepFailedException why = watch.why();
                throw why == null ? failure : why;
            } finally {
                running = null;
            }
            madeWay.remove(step.name());
            LOG.info("step {}: done{}", step.name(), due.bundle().isEmpty() ? "" : " up to bundle " + due.bundle());
            return new StepOutcome(step.name(), step.required(), "", false);
        } catch (StepFailedException failure) {
            return failed(step, state, failure, ways);
        }
    }

    private StepOutcome failed(PostStep step, StepState state, StepFailedException failure, int ways) {
        String message = String.valueOf(failure.getMessage());
        int failures = failure.blameless() ? state.failures() : state.failures() + 1;
        Duration rest = failure.blameless() ? SHORTEST_PATIENCE : rest(step, failures);
        if (failure.blameless()) {
            madeWay.put(step.name(), ways + 1);
            LOG.info("step {}: {}; it is run again soon", step.name(), message);
        } else {
            LOG.error(
                    "step {}: {} (hint: mend it; it is tried again after {} s, nothing has to be loaded again, and loading goes {})",
                    step.name(),
                    message,
                    rest.toSeconds(),
                    step.required() ? "on after it has been done" : "on meanwhile");
        }
        Instant now = clock.instant();
        String word = failure.blameless() ? StepState.WAITING : StepState.FAILED;
        ledger.ended(step, word, message, failures, now, now.plus(rest));
        return new StepOutcome(step.name(), step.required(), message, failure.blameless());
    }

    private static Duration rest(PostStep step, int failures) {
        Duration rest = step.retry();
        for (int i = 1; i < failures && rest.compareTo(LONGEST_RETRY) < 0; i++) {
            rest = rest.multipliedBy(2);
        }
        return rest.compareTo(LONGEST_RETRY) > 0 && step.retry().compareTo(LONGEST_RETRY) < 0 ? LONGEST_RETRY : rest;
    }

    private static Duration patience(int ways) {
        Duration patience = SHORTEST_PATIENCE.multipliedBy(1L << Math.min(ways, 10));
        return patience.compareTo(LONGEST_PATIENCE) > 0 ? LONGEST_PATIENCE : patience;
    }

    /** Ends what runs, and begins nothing more. */
    public void stop() {
        stopped = true;
        StepWatch now = running;
        if (now != null) {
            now.stop();
        }
    }
}
