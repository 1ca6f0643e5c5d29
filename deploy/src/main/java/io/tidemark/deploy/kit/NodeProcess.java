package io.tidemark.deploy.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of a command of Tidemark, as a user starts it. */
public final class NodeProcess implements AutoCloseable {
    private final List<String> words;
    private final Process process;
    private final Path output;
    private final Path error;
    private final ProcessMemory memory;
    private final long started = System.nanoTime();
    private final Hook hook;

    private NodeProcess(List<String> words, Process process, Path output, Path error) {
        this.words = words;
        this.process = process;
        this.output = output;
        this.error = error;
        this.memory = ProcessMemory.watch(process);
        this.hook = Hook.atExit(Hook.PROCESSES, this::kill9);
    }

    /** What a finished run left. */
    public record Result(int exitCode, String output, String error, Duration took, long peakBytes) {}

    /** @param folder where the run's output is written */
    public static NodeProcess start(Path folder, Map<String, String> environment, List<String> words) {
        String name = Path.of(words.get(0)).getFileName() + "-" + System.nanoTime();
        Path output = folder.resolve(name + ".out");
        Path error = folder.resolve(name + ".err");
        ProcessBuilder builder = Command.of(words).environment(environment).builder();
        builder.redirectOutput(output.toFile()).redirectError(error.toFile());
        try {
            return new NodeProcess(new ArrayList<>(words), builder.start(), output, error);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    words.get(0) + ": cannot be started; was it built? (mvn -q -DskipTests package)", e);
        }
    }

    public boolean running() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public String output() {
        return TextFiles.tail(output, Integer.MAX_VALUE);
    }

    public String error() {
        return TextFiles.tail(error, Integer.MAX_VALUE);
    }

    public long peakBytes() {
        return memory.peakBytes();
    }

    /** Asks it to end, as a service manager does. */
    public void terminate() {
        process.destroy();
    }

    /** Lets it take no processor time until {@link #goOn}, as warm as it is. */
    public void pause() {
        signal("STOP");
    }

    public void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        Command.of("kill", "-" + name, "" + process.pid()).run();
    }

    public void kill9() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Waits for its end; what takes longer is killed and reported. */
    public Result await(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                kill9();
                throw new KitException(
                        this + ": still running after " + patience.toSeconds() + " s\n" + error() + output());
            }
        } catch (InterruptedException e) {
            kill9();
            Thread.currentThread().interrupt();
            throw new KitException(this + ": interrupted", e);
        }
        hook.cancel();
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        return new Result(process.exitValue(), output(), error(), took, memory.peakBytes());
    }

    /** Ends it if it still runs: asked first, killed after ten seconds. */
    @Override
    public void close() {
        hook.cancel();
        terminate();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                kill9();
            }
        } catch (InterruptedException e) {
            kill9();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return String.join(" ", words.subList(1, words.size()));
    }
}
