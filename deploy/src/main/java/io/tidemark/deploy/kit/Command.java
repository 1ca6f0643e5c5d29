package io.tidemark.deploy.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An external program to run: arguments, environment, standard input. Immutable; every {@code with} gives a new one. */
public record Command(
        List<String> words,
        Map<String, String> environment,
        @Nullable Path input,
        @Nullable Path folder) {
    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** What a finished program left. */
    public record Result(int exitCode, String output, String error) {}

    public static Command of(String... words) {
        return of(List.of(words));
    }

    public static Command of(List<String> words) {
        return new Command(words, Map.of(), null, null);
    }

    public Command with(String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return new Command(all, environment, input, folder);
    }

    public Command environment(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(more);
        return new Command(words, all, input, folder);
    }

    /** Standard input comes from that file; without it there is none. */
    public Command input(Path file) {
        return new Command(words, environment, file, folder);
    }

    public Command in(Path workingFolder) {
        return new Command(words, environment, input, workingFolder);
    }

    public ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().putAll(environment);
        builder.redirectInput(input == null ? Path.of("/dev/null").toFile() : input.toFile());
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        return builder;
    }

    /** Waits for the end, whatever the exit code. */
    public Result tryRun() {
        return finish(start(builder()), null);
    }

    /** The same with {@code text} as standard input. */
    public Result tryRun(String text) {
        return finish(start(builder().redirectInput(ProcessBuilder.Redirect.PIPE)), text);
    }

    /** @throws KitException where the exit code is not 0 */
    public String run() {
        return checked(tryRun());
    }

    public String run(String text) {
        return checked(tryRun(text));
    }

    private String checked(Result result) {
        if (result.exitCode() != 0) {
            throw new KitException(String.join(" ", words) + ": exit code " + result.exitCode() + "\n" + result.error()
                    + result.output());
        }
        return result.output();
    }

    private Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(words.get(0) + ": cannot be started", e);
        }
    }

    private Result finish(Process process, @Nullable String text) {
        CompletableFuture<String> output =
                CompletableFuture.supplyAsync(() -> text(process.getInputStream()), Threads.ANY);
        CompletableFuture<String> error =
                CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), Threads.ANY);
        try {
            if (text != null) {
                feed(process.getOutputStream(), text);
            }
            int exitCode = process.waitFor();
            return new Result(exitCode, output.join(), error.join());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new KitException(words.get(0) + ": interrupted", e);
        }
    }

    private static void feed(OutputStream stream, String text) {
        try (stream) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            // A program that ends before it has read everything says why by itself.
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
