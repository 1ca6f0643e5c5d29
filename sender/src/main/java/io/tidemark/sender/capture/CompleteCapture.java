package io.tidemark.sender.capture;

import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.PartRecord;
import io.tidemark.bundle.RecordWriter;
import io.tidemark.crash.CrashPoints;
import io.tidemark.database.Database;
import io.tidemark.database.SqlFailures;
import io.tidemark.database.TableInfo;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.logging.LogScope;
import io.tidemark.progress.Progress;
import io.tidemark.sender.capture.SourceTransaction.Sessions;
import io.tidemark.sender.settings.CompleteSettings.Format;
import io.tidemark.table.DataFormat;
import io.tidemark.text.Human;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Captures a whole database at one snapshot: schema, rows, sequences. */
public final class CompleteCapture {
    private final Database database;
    private final CaptureOptions options;
    private final Supplier<PartSink> sinks;
    private final EarlierParts earlier;
    private final Progress progress;
    private final CrashPoints crashPoints;

    /**
     * @param sinks makes one sink per worker
     * @param earlier what spares the reading of parts that nobody wrote to
     */
    public CompleteCapture(
            Database database,
            CaptureOptions options,
            Supplier<PartSink> sinks,
            EarlierParts earlier,
            Progress progress,
            CrashPoints crashPoints) {
        this.database = database;
        this.options = options;
        this.sinks = sinks;
        this.earlier = earlier;
        this.progress = progress;
        this.crashPoints = crashPoints;
    }

    /**
     * Once for each maker of sinks: after a failure it is not known which contents have gone through them.
     *
     * @param folder a private folder for lists and scripts
     * @param bundle the bundle's name, for people
     * @throws TidemarkException (DATABASE) also where definitions moved meanwhile
     */
    public Captured capture(Path folder, String bundle) {
        try (SourceTransaction source = new SourceTransaction(database)) {
            return capture(source, Captured.Files.in(folder), bundle);
        } catch (SQLException failure) {
            throw SqlFailures.of("capturing " + database.url(), failure);
        } catch (IOException failure) {
            throw CopyWorkers.diskFailure(failure);
        }
    }

    private Captured capture(SourceTransaction source, Captured.Files files, String bundle)
            throws SQLException, IOException {
        SourceServer server = SourceServer.read(source.present());
        List<TableInfo> locked =
                new SelectionReader(source.present(), options.tables()).read().tables();
        source.lock(locked);
        String mark = source.mark();
        PartRecall recall = PartRecall.begin(earlier, source.present(), server.identity());
        Sessions sessions = source.enter(options.workers() + 1, server.logical() && !options.ordinary(), locked);
        crashPoints.pass(CaptureStep.SNAPSHOT_TAKEN);
        Connection keeper = sessions.connections().get(0);
        SelectionReader reader = new SelectionReader(keeper, options.tables());
        Selection selection = reader.read();
        if (!shapes(locked).equals(shapes(selection.tables()))) {
            throw moved();
        }
        SchemaDump.Request request = request(reader, selection, keeper);
        FutureTask<SchemaDump> dumping = new FutureTask<>(request::take);
        Thread thread = new Thread(LogScope.carried(dumping), "tidemark-pg_dump");
        thread.setDaemon(true);
        thread.start();
        List<Manifest.Sequence> sequences;
        CopyJob job;
        Manifest.Parts parts;
        List<PartPlan> plans = plans(selection.tables(), source.pages(selection.tables()));
        try (RestoreScript restore = new RestoreScript(files.restore(), bundle);
                RecordWriter<PartRecord> list = RecordWriter.create(files.parts(), PartRecord.class)) {
            job = new CopyJob(plans, line -> {
                list.write(line);
                restore.part(plans.get(line.table()), line);
            });
            copy(
                    job,
                    recall,
                    plans,
                    sessions.connections().subList(1, sessions.connections().size()));
            sequences = SequenceReader.read(source.present(), selection.sequences());
            restore.finish(sequences);
            parts = totals(list.count(), job.tables());
        }
        crashPoints.pass(CaptureStep.TABLES_COPIED);
        SchemaDump schema = await(dumping);
        Files.writeString(files.preData(), schema.preText());
        Files.writeString(files.postData(), schema.postText());
        crashPoints.pass(CaptureStep.SCHEMA_DUMPED);
        boolean still = mark.equals(source.mark());
        if (!still && !schema.equals(request.take())) {
            throw moved();
        }
        if (still) {
            recall.end(sessions.position().snapshot());
        }
        return new Captured(
                server.identity(),
                server.inManifest(),
                sessions.position(),
                job.tables(),
                sequences,
                parts,
                schema.leftOut(),
                files);
    }

    private void copy(CopyJob job, PartRecall recall, List<PartPlan> plans, List<Connection> connections) {
        long heap = plans.stream()
                .mapToLong(plan -> (long) plan.parts() * plan.pagesPerPart() * CopyWorkers.PAGE)
                .sum();
        progress.begin(CopyWorkers.STAGE, heap, Progress.Unit.BYTES);
        new CopyWorkers(sinks, recall, progress, crashPoints).run(job, connections);
        long rows = job.tables().stream().mapToLong(Manifest.Table::rows).sum();
        String spared = recall.recalled() == 0 ? "" : ", " + Human.count(recall.recalled(), "part") + " unchanged";
        progress.end(CopyWorkers.STAGE, Human.count(plans.size(), "table") + ", " + Human.count(rows, "row") + spared);
    }

    private SchemaDump.Request request(SelectionReader reader, Selection selection, Connection keeper)
            throws SQLException {
        return new SchemaDump.Request(
                new PgDump(database, options),
                SourceTransaction.export(keeper),
                selection,
                reader.dependents(selection),
                reader.unneededSchemas(selection));
    }

    private static SchemaDump await(FutureTask<SchemaDump> dumping) {
        try {
            return dumping.get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof TidemarkException known
                    ? known
                    : new IllegalStateException("the schema was not dumped", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TidemarkException(FailureCode.FAILED, "the complete was stopped", "start it again", stopped);
        }
    }

    /** Largest first, so that parallel copies end together. */
    private List<PartPlan> plans(List<TableInfo> tables, Map<Long, Long> pages) {
        List<TableInfo> largestFirst = new ArrayList<>(tables);
        largestFirst.sort(Comparator.comparingLong((TableInfo table) -> pages(table, pages))
                .reversed());
        List<PartPlan> plans = new ArrayList<>();
        for (TableInfo table : largestFirst) {
            plans.add(PartPlan.of(plans.size(), table, format(table), pages(table, pages)));
        }
        return plans;
    }

    private static long pages(TableInfo table, Map<Long, Long> pages) {
        return pages.getOrDefault(table.relation().oid(), 0L);
    }

    /** Binary only where it means the same in another database, whatever was asked for. */
    private DataFormat format(TableInfo table) {
        return options.format() != Format.TEXT && table.binarySafe() ? DataFormat.BINARY : DataFormat.TEXT;
    }

    private static Set<Object> shapes(List<TableInfo> tables) {
        Set<Object> shapes = new HashSet<>();
        tables.forEach(table -> shapes.add(List.of(table.relation().oid(), table.shape())));
        return shapes;
    }

    private static Manifest.Parts totals(long count, List<Manifest.Table> tables) {
        return new Manifest.Parts(
                count,
                tables.stream().mapToLong(Manifest.Table::rows).sum(),
                tables.stream().mapToLong(Manifest.Table::bytes).sum());
    }

    private static TidemarkException moved() {
        return new TidemarkException(
                FailureCode.DATABASE,
                "definitions changed while the complete was cut",
                "nothing is lost; run it again when the migration has ended");
    }
}
