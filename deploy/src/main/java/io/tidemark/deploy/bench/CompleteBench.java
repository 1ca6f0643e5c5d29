package io.tidemark.deploy.bench;

import io.tidemark.deploy.kit.FolderCompare;
import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.TableCompare;
import io.tidemark.deploy.kit.TransApp;
import io.tidemark.deploy.kit.TwoNodes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Completes: the first ever beside the other ways, then those of the following days. */
final class CompleteBench {
    private final BenchOptions options;
    private final Ground ground;
    private final Consumer<String> log;
    private final Figured figured = new Figured();

    /** @param log is told each step, as it is done */
    CompleteBench(BenchOptions options, Ground ground, Consumer<String> log) {
        this.options = options;
        this.ground = ground;
        this.log = log;
    }

    Figured run() {
        figured.ground("scale", options.scale());
        figured.ground("database_bytes", ground.databaseBytes());
        figured.ground("postgresql", ground.nodes().primary().programs().major());
        figured.ground("cores", Runtime.getRuntime().availableProcessors());
        figured.ground("ssh_server", ground.remote().description());
        try (Ours ours = new Ours(ground)) {
            race(contestants(ours));
            Measured first = figured.of(BenchOptions.OURS);
            if (first != null) {
                following(ours, first);
                memory(ours);
            }
        }
        compared();
        return figured;
    }

    private List<Contestant> contestants(Ours ours) {
        List<Contestant> all = new ArrayList<>();
        for (Contestant each :
                List.of(new SetupAPeer(ground), new PgDumpPeer(ground), new PgCopyDbPeer(ground), ours)) {
            boolean possible = !each.name().equals(PgCopyDbPeer.NAME) || Script.exists("pgcopydb");
            if (options.contestants().contains(each.name()) && possible) {
                all.add(each);
            }
        }
        return all;
    }

    /** Everyone in turn, another one first in every round; ours comes last in the last round, since more follows on its database. */
    private void race(List<Contestant> contestants) {
        List<Contestant> order = new ArrayList<>(contestants);
        int rounds = options.rounds();
        Collections.rotate(order, rounds - 1);
        for (int round = 1; round <= rounds; round++) {
            for (Contestant each : order) {
                if (round == 1 || !each.onlyOnce()) {
                    ground.fresh();
                    Measured measured = each.run();
                    figured.contestant(each.name(), measured);
                    log.accept(Report.line(each.name() + ", round " + round, measured));
                    prove(each.name());
                }
            }
            Collections.rotate(order, -1);
        }
    }

    /** Outside of what is timed, and by psql and md5 alone. */
    private void prove(String name) {
        TableCompare.Outcome outcome = ground.nodes().compare();
        if (!outcome.equal()) {
            throw new KitException(name + ": the databases differ:\n" + String.join("\n", outcome.differences()));
        }
        figured.ground("rows", outcome.rows());
    }

    private void following(Ours ours, Measured first) {
        long one = ours.archiveBytes();
        Measured unchanged = measure(ours, "unchanged", null);
        figured.ratio("unchanged_bytes", (double) unchanged.bytes() / first.bytes());
        figured.ratio("unchanged_seconds", unchanged.seconds() / first.seconds());
        TransApp.work(ground.nodes().primary(), TwoNodes.PRIMARY, 1);
        try (Reader reader = Reader.start(ground.nodes().replica(), TwoNodes.REPLICA)) {
            Measured daily = measure(ours, "daily", reader);
            figured.ratio("daily_bytes", (double) daily.bytes() / first.bytes());
            figured.ratio("daily_seconds", daily.seconds() / first.seconds());
        }
        prove("daily");
        series(ours, one);
    }

    private Measured measure(Ours ours, String name, @Nullable Reader reader) {
        ground.settle();
        Measured measured = ours.complete();
        Map<String, Object> figures = new LinkedHashMap<>(Report.json(measured));
        log.accept(Report.line(BenchOptions.OURS + ", " + name, measured));
        if (reader != null) {
            figures.put("reader_queries", reader.queries());
            figures.put("reader_longest_ms", reader.longestMillis());
            figured.goal(Goal.READER_MILLIS.key(), reader.longestMillis());
            log.accept("a reader asked " + reader.queries() + " times and waited " + Math.round(reader.longestMillis())
                    + " ms at most");
        }
        figured.ours(name, figures);
        return measured;
    }

    /** What a series of daily completes takes in the archive. */
    private void series(Ours ours, long one) {
        for (int day = 2; day < options.days(); day++) {
            TransApp.work(ground.nodes().primary(), TwoNodes.PRIMARY, day);
            ground.settle();
            log.accept(Report.line(BenchOptions.OURS + ", day " + day, ours.complete()));
        }
        if (options.days() > 1) {
            prove("series");
            long all = FolderCompare.size(ground.nodes().archive());
            figured.ours("archive_bytes", Map.of("one", one, "series", all, "completes", options.days() + 1));
            figured.ratio(options.days() == 10 ? "archive_ten" : "archive_series", (double) all / one);
        }
    }

    private void memory(Ours ours) {
        figured.ours("sender_peak_bytes", ours.senderPeak());
        figured.ours("receiver_peak_bytes", ours.receiverPeak());
        figured.goal(Goal.SENDER_MEMORY.key(), (double) ours.senderPeak());
        figured.goal(Goal.RECEIVER_MEMORY.key(), (double) ours.receiverPeak());
    }

    private void compared() {
        Measured ours = figured.of(BenchOptions.OURS);
        figured.contestants().forEach((name, peer) -> {
            if (ours != null && !name.equals(BenchOptions.OURS)) {
                figured.ratio(name, ours.seconds() / peer.seconds());
                figured.ratio(name + "_bytes", (double) ours.bytes() / peer.bytes());
            }
        });
    }
}
