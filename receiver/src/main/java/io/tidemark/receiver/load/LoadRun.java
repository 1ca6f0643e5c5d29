package io.tidemark.receiver.load;

import io.tidemark.bundle.Manifest;
import io.tidemark.crash.CrashPoints;
import io.tidemark.ddl.DdlScript;
import io.tidemark.progress.Progress;
import io.tidemark.receipt.Receipt.TableResult;
import io.tidemark.receiver.chain.SourceState;
import io.tidemark.receiver.inbox.VerifiedBundle;
import io.tidemark.receiver.load.Definition.Section;
import io.tidemark.table.TableName;
import io.tidemark.text.Human;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One complete on its way into the database: definitions, first rows, merge, and the definitions that come after. */
final class LoadRun {
    private final LoadSessions sessions;
    private final VerifiedBundle bundle;
    private final Manifest manifest;
    private final LoadOptions options;
    private final Progress progress;
    private final Clock clock;
    private final CrashPoints crashPoints;
    private final DefinitionLedger definitions;
    private final DefinitionWriter writer;
    private final List<Definition> wanted;
    private final Map<TableName, Long> weights = new HashMap<>();

    LoadRun(
            LoadSessions sessions,
            VerifiedBundle bundle,
            LoadOptions options,
            Progress progress,
            Clock clock,
            CrashPoints crashPoints)
            throws IOException {
        this.sessions = sessions;
        this.bundle = bundle;
        this.manifest = bundle.manifest();
        this.options = options;
        this.progress = progress;
        this.clock = clock;
        this.crashPoints = crashPoints;
        this.definitions = new DefinitionLedger(manifest.source());
        this.writer = new DefinitionWriter(definitions, this::adoptable);
        this.wanted = wanted();
        manifest.tables().forEach(table -> weights.put(table.name(), table.bytes()));
    }

    /** Looks at the replica and stages rows where no definition has to change before; changes nothing. */
    Ahead stage(Optional<EarlierComplete> earlier) throws SQLException, IOException {
        Map<TableName, RelationState> known = new Ledger(sessions.main(), manifest.source()).relations();
        if (!preparation(known).onlyAdds()) {
            return Ahead.NOTHING;
        }
        MergeInput input = input(earlier, LaterPartials.none(), Ahead.NOTHING);
        return new AheadStaging(sessions, input, progress).run(known);
    }

    private MergeInput input(Optional<EarlierComplete> earlier, LaterPartials later, Ahead ahead) throws IOException {
        PartIndex parts = PartIndex.read(bundle.parts(), manifest.tables().size());
        return new MergeInput(manifest, parts, bundle.blobs(), earlier, later, ahead);
    }

    /** @param ahead what {@link #stage} has come to on the same sessions */
    LoadResult run(Instant received, Optional<EarlierComplete> earlier, LaterPartials later, Ahead ahead)
            throws SQLException, IOException {
        Instant started = clock.instant();
        long from = System.nanoTime();
        Connection main = sessions.main();
        Map<TableName, RelationState> known = new Ledger(main, manifest.source()).relations();
        Set<TableName> arriving = arriving(known);
        preparation(known).carryOut();
        crashPoints.pass(LoadStep.DEFINITIONS_MADE);
        MergeInput input = input(earlier, later, ahead);
        Set<TableName> first = firstLoad(input.parts());
        MergeTransaction merge = new MergeTransaction(sessions, input, progress, crashPoints);
        List<TableResult> results = merge.run(first, arriving, (connection, done) -> {
            LoadResult so = result(started, from, done);
            new Ledger(connection, manifest.source()).add(entry(received, so));
            SourceLedger.completed(connection, manifest, so.loaded());
        });
        if (refreshesViews()) {
            TableStatistics.gather(sessions.workers(), manifest, results);
        }
        finish();
        return result(started, from, results);
    }

    private boolean refreshesViews() {
        return wanted.stream().anyMatch(definition -> definition.entry().type().equals("MATERIALIZED VIEW DATA"));
    }

    /** Tables that no loaded complete has brought, whether or not an earlier try of this one made them. */
    private Set<TableName> arriving(Map<TableName, RelationState> known) throws SQLException {
        long last = SourceLedger.read(sessions.main(), manifest.source())
                .map(SourceState::completeSequence)
                .orElse(0L);
        Set<TableName> arriving = new HashSet<>();
        for (Manifest.Table table : manifest.tables()) {
            RelationState state = known.get(table.name());
            if (state == null || !state.arrived(last)) {
                arriving.add(table.name());
            }
        }
        return arriving;
    }

    /** Definitions that come after the rows; may be run again and again. */
    void finish() throws SQLException {
        Connection main = sessions.main();
        ShortTransaction brief = new ShortTransaction(main);
        DefinitionPlan plan = DefinitionPlan.of(definitions.read(main), wanted);
        for (Map.Entry<Definition, Definition> changed : plan.changed().entrySet()) {
            brief.run(() -> writer.replace(main, changed.getKey(), changed.getValue()));
        }
        for (Definition late : plan.added(Section.PRE_DATA)) {
            if (SchemaStage.isAttach(late)) {
                brief.run(() -> writer.create(main, late));
            }
        }
        new PostData(writer, crashPoints).finish(sessions.workers(), plan.added(Section.POST_DATA), weights);
        tighten(brief);
        crashPoints.pass(LoadStep.DEFINITIONS_FINISHED);
        new ViewRefresh(main, manifest, progress).run(plan);
        crashPoints.pass(LoadStep.VIEWS_REFRESHED);
    }

    /** Constraints inside table definitions that rows had to be merged for. */
    private void tighten(ShortTransaction brief) throws SQLException {
        Connection main = sessions.main();
        Map<TableName, RelationState> known = new Ledger(main, manifest.source()).relations();
        for (TableChange change : SchemaStage.changes(
                        manifest, known, ReplicaTables.none(), ReplicaTables.catalogue(main, manifest), Set.of())
                .values()) {
            for (String statement : change.after()) {
                brief.run(() -> writer.change(main, "a table", statement));
            }
        }
    }

    private Preparation preparation(Map<TableName, RelationState> known) throws SQLException {
        return Preparation.of(
                sessions.main(), manifest, definitions.read(sessions.main()), writer, wanted, known, options);
    }

    /** Fills tables that have no rows yet; keys and indexes follow their tables at once where nothing has to be merged before. */
    private Set<TableName> firstLoad(PartIndex parts) throws SQLException {
        Map<TableName, RelationState> known = new Ledger(sessions.main(), manifest.source()).relations();
        List<Manifest.Table> empty = manifest.tables().stream()
                .filter(table -> !known.containsKey(table.name())
                        || !Objects.requireNonNull(known.get(table.name())).loaded())
                .toList();
        Set<TableName> first = new HashSet<>();
        if (empty.isEmpty()) {
            return first;
        }
        progress.begin(
                FirstLoad.STAGE, empty.stream().mapToLong(Manifest.Table::bytes).sum(), Progress.Unit.BYTES);
        TaskGraph graph = new TaskGraph();
        FirstLoad load = new FirstLoad(manifest, parts, new TableCopy(bundle.blobs()), progress, crashPoints);
        empty.forEach(table -> first.add(table.name()));
        Map<TableName, Set<Object>> needs = new HashMap<>();
        if (first.size() == manifest.tables().size()) {
            List<Definition> added =
                    DefinitionPlan.of(definitions.read(sessions.main()), wanted).added(Section.POST_DATA);
            PostData postData = new PostData(writer, crashPoints);
            postData.plan(graph, PostData.built(added), weights);
            EarlyForeignKeys early = EarlyForeignKeys.of(added, first);
            early.plan(graph, postData::make);
            needs.putAll(early.needs());
        }
        for (Manifest.Table table : empty) {
            load.plan(graph, table, needs.getOrDefault(table.name(), Set.of()));
        }
        graph.run(sessions.workers());
        progress.end(FirstLoad.STAGE, Human.count(first.size(), "table"));
        return first;
    }

    private LoadResult result(Instant started, long from, List<TableResult> results) {
        Duration took = Duration.ofNanos(System.nanoTime() - from);
        return new LoadResult(started, started.plus(took), took, results);
    }

    private LedgerEntry entry(Instant received, LoadResult result) {
        return new LedgerEntry(
                manifest.source(),
                manifest.sequence(),
                manifest.id().name(),
                manifest.kind().word(),
                bundle.manifestSha256(),
                manifest.position().lsn().toString(),
                manifest.created(),
                received,
                result.started(),
                result.loaded(),
                result.took().toMillis(),
                manifest.parts().bytes(),
                manifest.parts().rows(),
                result.inserted(),
                result.updated(),
                result.deleted(),
                result.equal(),
                ResultJson.write(result.tables()));
    }

    private List<Definition> wanted() throws IOException {
        List<Definition> all = new ArrayList<>();
        all.addAll(Definition.of(
                Section.PRE_DATA,
                DdlScript.parse(Files.readString(bundle.folder().resolve("ddl/pre-data.sql")))));
        all.addAll(Definition.of(
                Section.POST_DATA,
                DdlScript.parse(Files.readString(bundle.folder().resolve("ddl/post-data.sql")))));
        return all;
    }

    private boolean adoptable(Definition definition) {
        String schema = definition.entry().schema();
        String name = definition.entry().name();
        if (schema.equals("-") || name.isEmpty()) {
            return false;
        }
        return DefinitionTarget.table(definition.entry())
                .map(options.adopt()::test)
                .orElseGet(() -> options.adopt().test(new TableName(schema, name)));
    }
}
