package io.tidemark.deploy.soak;

import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.ReceiptFile;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.deploy.kit.SftpServer;
import io.tidemark.deploy.kit.TableCompare;
import io.tidemark.deploy.kit.TcpProxy;
import io.tidemark.deploy.kit.TwoNodes;
import io.tidemark.deploy.kit.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A soak from its first row to its last check. */
public final class Campaign implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int WRITERS = 4;

    private final SoakOptions options;
    private final Consumer<String> log;
    private final Random random;
    private final TwoNodes nodes;
    private final SftpServer sftp;
    private final TcpProxy wire;
    private final Services services;
    private final SoakSchema schema;
    private final SideRecord record;
    private final PositionCheck positions;
    private final BankReader reader;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "soak-writer");
        thread.setDaemon(true);
        return thread;
    });
    private int checks;
    private int transactions;

    private Campaign(SoakOptions options, TwoNodes nodes, SftpServer sftp, TcpProxy wire, Consumer<String> log) {
        this.options = options;
        this.log = log;
        this.random = new Random(options.seed());
        this.nodes = nodes;
        this.sftp = sftp;
        this.wire = wire;
        this.schema = SoakSchema.generate(random, options);
        this.record = new SideRecord(nodes.primary(), TwoNodes.PRIMARY);
        this.positions = new PositionCheck(record, nodes.replica(), TwoNodes.REPLICA);
        this.reader = new BankReader(nodes.replica(), TwoNodes.REPLICA);
        this.services = new Services(
                nodes.sender(sftp, wire).with("partial.schedule", "1s").with("tables.exclude", "soak.*"),
                nodes.receiver().with("poll.interval", "200ms"));
    }

    /**
     * Changes are streamed from the log where the seed is odd, and else by looks where they are few.
     *
     * @param log is told how it goes on
     */
    public static Campaign prepare(Scratch scratch, SoakOptions options, Consumer<String> log) {
        TwoNodes nodes = TwoNodes.start(scratch, PostgresCluster.careless(), PostgresCluster.careless());
        SftpServer sftp = SftpServer.start(nodes.remote());
        Campaign campaign = new Campaign(options, nodes, sftp, TcpProxy.before(sftp.port()), log);
        nodes.allowPartials();
        if (options.seed() % 2 == 0) {
            nodes.allowLooks();
        }
        campaign.record.install();
        nodes.primary().psql(TwoNodes.PRIMARY, campaign.schema.sql());
        return campaign;
    }

    /**
     * @return what it came to
     * @throws KitException where the replica is another one than the primary; its message says how
     */
    public String run() {
        long end = System.nanoTime() + options.time().toNanos();
        services.start();
        Wait.until("the first complete is loaded", PATIENCE, () -> {
            positions.install();
            return bundles() > 0;
        });
        positions.install();
        Future<?> reading = threads.submit(reader);
        do {
            round(Math.min(end, System.nanoTime() + (10_000 + random.nextInt(10_000)) * 1_000_000L));
            check();
        } while (System.nanoTime() < end);
        reading.cancel(true);
        last();
        return "OK seed=" + options.seed() + " bundles=" + bundles() + " compared=" + positions.bundles() + " checks="
                + checks;
    }

    private void round(long end) {
        AtomicBoolean pause = new AtomicBoolean();
        List<Future<Integer>> writers = new ArrayList<>();
        int count = options.has(Part.WRITERS) ? 1 + random.nextInt(WRITERS) : 1;
        for (int i = 0; i < count; i++) {
            writers.add(threads.submit(new Writer(
                    nodes.primary(), TwoNodes.PRIMARY, schema, random.nextLong(), "writer" + i, pause, options)));
        }
        try {
            new Trouble(nodes, services, wire, schema, random.nextLong(), options).make(end);
        } finally {
            pause.set(true);
        }
        writers.forEach(writer -> transactions += committed(writer));
    }

    private static int committed(Future<Integer> writer) {
        try {
            return writer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KitException("interrupted", e);
        } catch (ExecutionException e) {
            throw new KitException(String.valueOf(e.getCause()), e);
        }
    }

    /** The mark is committed last: where it has come to, all before it has. */
    private void check() {
        checks++;
        long begun = System.nanoTime();
        nodes.primary().psql(TwoNodes.PRIMARY, "update mark set n = " + checks);
        try {
            Wait.until("the replica comes up to check " + checks, PATIENCE, this::hasCome);
        } catch (KitException late) {
            throw new KitException(late.getMessage() + "\n" + services.words(), late);
        }
        double behind = (System.nanoTime() - begun) / 1e9;
        TableCompare.Outcome outcome = nodes.compare();
        List<String> differences = differences(outcome).stream()
                .filter(line -> !SoakSchema.isKeyless(line.split(":", 2)[0]))
                .toList();
        if (!differences.isEmpty()) {
            throw new KitException("check " + checks + ": the replica differs:\n" + String.join("\n", differences)
                    + "\n" + services.words());
        }
        try {
            positions.check();
        } catch (KitException another) {
            throw new KitException("check " + checks + ": " + another.getMessage() + "\n" + services.words(), another);
        }
        reader.problem().ifPresent(problem -> {
            throw new KitException(problem + "\n" + services.words());
        });
        log.accept("check " + checks + ": " + outcome.rows() + " rows are equal after " + transactions
                + " transactions and " + bundles() + " bundles, " + positions.bundles()
                + " of them compared at their positions; the replica came up within "
                + String.format(Locale.ROOT, "%.1f s", behind));
    }

    private static List<String> differences(TableCompare.Outcome outcome) {
        return outcome.differences().stream()
                .filter(line -> !line.startsWith("soak."))
                .toList();
    }

    /** After a last complete everything is equal, what travels with completes alone as well. */
    private void last() {
        Wait.until("a last complete is made", PATIENCE, services::complete);
        Wait.until(
                "the last complete is loaded",
                PATIENCE,
                () -> differences(nodes.compare()).isEmpty());
        positions.check();
    }

    private boolean hasCome() {
        services.assertRunning();
        return nodes.replica()
                .psql(
                        TwoNodes.REPLICA,
                        "select case when to_regclass('mark') is null then 'f' else query_to_xml('select n from mark', true, true, '')::text end")
                .contains(">" + checks + "<");
    }

    private long bundles() {
        return ReceiptFile.latest(nodes.receipts())
                .map(receipt -> receipt.bundle().sequence())
                .orElse(0L);
    }

    @Override
    public void close() {
        services.close();
        threads.shutdownNow();
        nodes.close();
        wire.close();
        sftp.close();
    }
}
