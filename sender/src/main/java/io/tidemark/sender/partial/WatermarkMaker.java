package io.tidemark.sender.partial;

import io.tidemark.bundle.BundleId;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.TidemarkException;
import io.tidemark.position.Lsn;
import io.tidemark.position.SourceIdentity;
import io.tidemark.sender.capture.SourceServer;
import io.tidemark.sender.log.LogNames;
import io.tidemark.sender.log.LogSource;
import io.tidemark.sender.media.MediaLook;
import io.tidemark.sender.outbox.Outbox;
import io.tidemark.sender.route.Partials;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.Chain;
import io.tidemark.sender.state.ChainTables;
import io.tidemark.sender.state.SenderState;
import io.tidemark.sender.watermark.Marks;
import io.tidemark.sender.watermark.WatermarkPlan;
import io.tidemark.sender.watermark.WatermarkSource;
import io.tidemark.sender.watermark.WatermarkView;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes partials in watermark mode: rows whose growing column has moved since the last one. For one thread at a time. */
final class WatermarkMaker implements Partials {
    private static final Logger LOG = LoggerFactory.getLogger(WatermarkMaker.class);

    private final SenderSettings settings;
    private final Workplace workplace;
    private final SenderState state;
    private final Clock clock;
    private final CrashPoints crashPoints;
    private final ChainKeeper keeper;
    private final WatermarkTick tick;
    private final MediaLook look;
    private final Notices notices = new Notices();

    WatermarkMaker(
            SenderSettings settings,
            Outbox outbox,
            SenderState state,
            MediaLook look,
            Clock clock,
            CrashPoints crashPoints) {
        this.settings = settings;
        this.look = look;
        this.workplace = new Workplace(settings, outbox);
        this.state = state;
        this.clock = clock;
        this.crashPoints = crashPoints;
        this.keeper = new ChainKeeper(
                LogNames.of(settings.source()), settings.partial().maxRetained(), outbox, state, crashPoints);
        this.tick = new WatermarkTick(
                workplace.folder(),
                settings.partial().watermark().overlap(),
                state,
                new PartialSeal(settings, outbox, state, clock, crashPoints),
                crashPoints);
    }

    @Override
    public synchronized List<BundleId> make(String label, boolean again) {
        Instant started = clock.instant();
        return alone((source, server) -> {
            Optional<Marks> marks = state.chain().marks().flatMap(Marks::parse);
            Optional<Chain> chain = standing(server.identity());
            WatermarkPlan plan = source.plan();
            notices.excluded(plan.excluded());
            if (chain.isEmpty() || marks.isEmpty()) {
                begin(source, plan, server.identity());
                return List.of();
            }
            workplace.room();
            try {
                return ticks(source, plan, server, label, started);
            } finally {
                entered(plan);
            }
        });
    }

    /** Where the log stands still and media do not, a few bytes are written into it: a partial has to end after the one before. */
    private List<BundleId> ticks(
            WatermarkSource source, WatermarkPlan plan, SourceServer server, String label, Instant started)
            throws IOException {
        TickMedia media = new TickMedia(look, state.mediaChain());
        Lsn end = state.chain().chain().orElseThrow().to();
        if (source.position().compareTo(end) <= 0 && media.differs()) {
            source.pass();
        }
        List<BundleId> made = new ArrayList<>();
        tick(source, plan, server, media, label, started).ifPresent(made::add);
        for (int more = 0; more < TickMedia.MORE && media.wantsMore(); more++) {
            source.pass();
            tick(source, plan, server, media, label, started).ifPresent(made::add);
        }
        return made;
    }

    private Optional<BundleId> tick(
            WatermarkSource source,
            WatermarkPlan plan,
            SourceServer server,
            TickMedia media,
            String label,
            Instant started)
            throws IOException {
        Chain chain = state.chain().chain().orElseThrow();
        Marks marks = state.chain().marks().flatMap(Marks::parse).orElseThrow();
        WatermarkTick.Rows rows;
        try (WatermarkView view = source.enter(plan)) {
            rows = tick.read(view, chain, marks);
        }
        return tick.seal(rows, chain, media, server, label, started);
    }

    @Override
    public synchronized void prepare() {
        alone((source, server) -> {
            boolean stands = standing(server.identity()).isPresent()
                    && state.chain().marks().flatMap(Marks::parse).isPresent();
            if (!stands) {
                begin(source, source.plan(), server.identity());
            }
            return List.of();
        });
    }

    /** Something done while nobody else makes a partial. */
    @FunctionalInterface
    private interface Work {
        List<BundleId> in(WatermarkSource source, SourceServer server) throws IOException;
    }

    private List<BundleId> alone(Work work) {
        Workplace.Turn lock = workplace.turn();
        try (WatermarkSource source = WatermarkSource.open(
                settings.database().database(settings.lockTimeout()),
                settings.tables(),
                settings.partial().watermark().columns())) {
            keeper.settle();
            return work.in(source, source.server());
        } catch (IOException failure) {
            throw workplace.failed(failure);
        } finally {
            lock.close();
        }
    }

    private Optional<Chain> standing(SourceIdentity identity) {
        return state.chain()
                .chain()
                .filter(Chain::byWatermark)
                .filter(chain -> chain.identity().equals(identity));
    }

    private void begin(WatermarkSource source, WatermarkPlan plan, SourceIdentity identity) {
        Optional<Chain> before = state.chain().chain();
        before.filter(chain -> !chain.byWatermark()).ifPresent(chain -> leaveSlot());
        String reason = before.isEmpty()
                ? "it is the first"
                : before.get().byWatermark() ? "the database is another one" : "the log was read before";
        try (WatermarkView view = source.enter(plan)) {
            Chain chain =
                    new Chain("", identity, view.moment().lsn(), view.moment().lsn(), null);
            state.chain()
                    .begin(
                            chain,
                            "a new chain of partials begins: " + reason,
                            Optional.of(view.begin().text()));
            LOG.info(
                    "a chain of partials by watermark begins at {}, with {} tables: {}",
                    chain.to(),
                    view.plan().followed().size(),
                    reason);
        }
        crashPoints.pass(PartialStep.CHAIN_BEGUN);
        entered(plan);
    }

    /** Nobody reads it any more, and it would keep back the primary's log for ever. */
    private void leaveSlot() {
        LogNames names = LogNames.of(settings.source());
        try (LogSource log = LogSource.open(settings.database().database(settings.lockTimeout()), names)) {
            if (log.slot().exists()) {
                log.dropSlot();
            }
        } catch (TidemarkException refused) {
            LOG.warn(
                    "replication slot {} keeps back the primary's log and cannot be dropped: {}"
                            + " (hint: a superuser has to run select pg_drop_replication_slot('{}'))",
                    names.slot(),
                    refused.text(),
                    names.slot());
        }
    }

    /** Rows that a new table has already are in no partial. */
    private void entered(WatermarkPlan plan) {
        SortedMap<String, String> names = new TreeMap<>();
        plan.followed().forEach(table -> names.put(table.name().toString(), ""));
        state.chain()
                .published(ChainTables.of(names))
                .ifPresent(reason -> LOG.info("{}; a complete brings the rows that they have already", reason));
    }
}
