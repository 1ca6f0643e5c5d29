package io.tidemark.sender.route;

import io.tidemark.alarm.AlarmId;
import io.tidemark.alarm.Alarms;
import io.tidemark.alarm.Condition;
import io.tidemark.alarm.Silence;
import io.tidemark.bundle.BundleId;
import io.tidemark.receipt.Receipt;
import io.tidemark.sender.state.ChainState;
import io.tidemark.sender.state.Confirmed;
import io.tidemark.sender.state.SenderState;
import io.tidemark.sender.state.SentBundle;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What nobody tells by failing: that something does not come, and what the state says of chain and receiver. */
public final class Watch {
    static final AlarmId NO_COMPLETE = AlarmId.of(RouteIds.COMPLETE, Condition.SILENT);
    static final AlarmId NO_PARTIAL = AlarmId.of(RouteIds.PARTIAL, Condition.SILENT);
    static final AlarmId NO_RECEIPT = AlarmId.of(RouteIds.RECEIPTS, Condition.SILENT);
    static final AlarmId NEEDED = AlarmId.of(RouteIds.COMPLETE, Condition.COMPLETE_NEEDED);
    static final AlarmId NOT_EQUAL = AlarmId.of(RouteIds.RECEIPTS, Condition.NOT_EQUAL);
    private static final String LINK = "link";

    /** New tables ask for a complete as a matter of course, and get it at once. */
    private static final Duration ROUTINE = Duration.ofMinutes(10);

    private static final String LOGS = "see what its log and that of push say; tidemark-sender status tells what waits";

    private final SenderState state;
    private final Alarms alarms;
    private final Silence silence;
    private final LongSupplier nanos;
    private final AtomicBoolean looked = new AtomicBoolean();
    private @Nullable BundleId lastComplete;
    private long lastLoaded;
    private @Nullable Long requested;

    Watch(SenderState state, Alarms alarms, Silence silence, Expectations expectations, LongSupplier nanos) {
        this.state = state;
        this.alarms = alarms;
        this.silence = silence;
        this.nanos = nanos;
        expectations
                .complete()
                .ifPresent(within -> silence.expect(
                        NO_COMPLETE,
                        within,
                        "no complete was made",
                        "is one under way, or does something hold it up? " + LOGS));
        expectations
                .partial()
                .ifPresent(within -> silence.expect(
                        NO_PARTIAL, within, "nobody could look for changes", "see what the log of partial says"));
        expectations
                .receipt()
                .ifPresent(
                        within -> silence.expect(
                                NO_RECEIPT,
                                within,
                                "the receiver has not said that it loaded what was pushed",
                                "see tidemark-receiver status on the other server: is its service running, and what does it hold?"));
        this.lastComplete = lastComplete();
    }

    /** Partials were looked for. */
    void looked() {
        looked.set(true);
    }

    /** Called again and again. */
    public void look() {
        complete();
        if (looked.getAndSet(false) || alarms.isTroubled(RouteIds.PARTIAL)) {
            silence.met(NO_PARTIAL);
        }
        receipts();
        request();
        silence.look();
    }

    private void complete() {
        BundleId now = lastComplete();
        if ((now != null && !now.equals(lastComplete)) || alarms.isTroubled(RouteIds.COMPLETE)) {
            silence.met(NO_COMPLETE);
        }
        lastComplete = now;
    }

    private @Nullable BundleId lastComplete() {
        return state.lastComplete().map(SentBundle::id).orElse(null);
    }

    private void receipts() {
        Confirmed confirmed = state.confirmed();
        boolean further = confirmed.loaded() > lastLoaded;
        if (further || confirmed.loaded() >= confirmed.pushed() || alarms.isTroubled(LINK)) {
            silence.met(NO_RECEIPT);
        }
        lastLoaded = confirmed.loaded();
        Optional<SentBundle> complete = state.lastComplete();
        Optional<Receipt> loaded =
                complete.flatMap(SentBundle::receipt).filter(receipt -> receipt.state() == Receipt.State.LOADED);
        loaded.ifPresent(receipt -> alarms.set(
                !receipt.equal(),
                NOT_EQUAL,
                () -> "after complete " + receipt.bundle() + " the replica is not proven equal",
                "tidemark-sender status latest tells of which tables; the next complete proves them again"));
    }

    /** Before the first complete nothing has gone wrong. */
    private void request() {
        Optional<ChainState.Request> request = state.chain().openRequest().filter(any -> lastComplete != null);
        if (request.isEmpty()) {
            requested = null;
            alarms.clear(NEEDED);
            return;
        }
        requested = requested == null ? Long.valueOf(nanos.getAsLong()) : requested;
        if (!request.get().isRoutine() || nanos.getAsLong() - requested > ROUTINE.toNanos()) {
            alarms.raise(
                    NEEDED,
                    "partials alone do not make the replica equal: "
                            + request.get().reason(),
                    "the service makes a complete at once; it is over when that is made");
        }
    }

    /** To be called when the service ends. */
    void end() {
        silence.save();
    }
}
