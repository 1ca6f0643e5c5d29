package io.tidemark.receiver.postprocess;

import io.tidemark.database.Database;
import io.tidemark.receiver.settings.PostStep;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Runs a program, without a shell. What it did is noted once it has ended well: killed in between, it runs again. */
final class CommandRun implements StepRun {
    private static final int TAIL = 4000;

    private final StepLedger ledger;
    private final Database database;
    private final PostStep step;
    private final Due due;
    private final Path output;
    private final Clock clock;
    private volatile @Nullable Process process;
    private volatile boolean ended;

    /** @param output takes what the program prints; the last run's is kept */
    CommandRun(StepLedger ledger, Database database, PostStep step, Due due, Path output, Clock clock) {
        this.ledger = ledger;
        this.database = database;
        this.step = step;
        this.due = due;
        this.output = output;
        this.clock = clock;
    }

    @Override
    public void run() throws StepFailedException {
        long from = System.nanoTime();
        int code = exitCode();
        if (code != 0 || ended) {
            throw new StepFailedException("exit code " + code + lastWords(), false);
        }
        ledger.done(step, due, clock.instant(), (System.nanoTime() - from) / 1_000_000);
    }

    private int exitCode() throws StepFailedException {
        try {
            Files.createDirectories(output.toAbsolutePath().getParent());
            ProcessBuilder builder = new ProcessBuilder(step.command());
            environment(builder.environment());
            builder.redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile());
            process = builder.start();
            return process.waitFor();
        } catch (IOException failure) {
            throw new StepFailedException("cannot be started: " + failure.getMessage(), false);
        } catch (InterruptedException stopped) {
            end();
            Thread.currentThread().interrupt();
            throw new StepFailedException("it was ended as the receiver stops", true);
        }
    }

    private void environment(Map<String, String> environment) {
        environment.put("TIDEMARK_STEP", step.name());
        environment.put("TIDEMARK_BUNDLE", due.bundle());
        environment.put("TIDEMARK_KIND", due.kind());
        environment.put("TIDEMARK_SOURCE", due.source());
        environment.put("TIDEMARK_AFTER", Long.toString(due.after()));
        environment.put("TIDEMARK_UPTO", Long.toString(due.upto()));
        environment.put("TIDEMARK_DATABASE_URL", database.url());
        environment.put("TIDEMARK_DATABASE_USER", database.user());
        Properties target = database.target();
        environment.put("PGHOST", target.getProperty("PGHOST", "localhost"));
        environment.put("PGPORT", target.getProperty("PGPORT", "5432"));
        environment.put("PGDATABASE", target.getProperty("PGDBNAME", database.user()));
        environment.put("PGUSER", database.user());
        environment.put("PGAPPNAME", StepWatch.SESSION + " " + step.name());
        environment.put("PGOPTIONS", "-c tidemark.after=" + due.after() + " -c tidemark.upto=" + due.upto());
    }

    private String lastWords() {
        try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
            long start = Math.max(0, file.length() - TAIL);
            byte[] tail = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(tail);
            String text = new String(tail, StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "" : ": " + text;
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** With all that it started. */
    @Override
    public void end() {
        ended = true;
        Process running = process;
        if (running != null) {
            // A shell whose child is gone first would go on.
            List<ProcessHandle> children = running.descendants().toList();
            running.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
