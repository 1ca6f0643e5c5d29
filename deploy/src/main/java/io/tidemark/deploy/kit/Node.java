package io.tidemark.deploy.kit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A sender or a receiver: its program, its settings file, its folder. Immutable; every {@code with} gives a new one. */
public record Node(String program, Path folder, Map<String, String> settings, Map<String, String> environment) {
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    public Node {
        settings = new LinkedHashMap<>(settings);
        environment = Map.copyOf(environment);
    }

    public Node with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(key, value);
        return new Node(program, folder, more, environment);
    }

    public Node without(String key) {
        Map<String, String> less = new LinkedHashMap<>(settings);
        less.remove(key);
        return new Node(program, folder, less, environment);
    }

    /** A variable of the process's environment, e.g. {@code TIDEMARK_CRASH_AT}. */
    public Node environment(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new Node(program, folder, settings, more);
    }

    /** A new file with the settings as they are. */
    public Path file() {
        Path file = folder.resolve("settings-" + System.nanoTime() + ".properties");
        StringBuilder text = new StringBuilder();
        settings.forEach((key, value) -> text.append(key + "=" + value.replace("\\", "\\\\") + "\n"));
        return TextFiles.writeSecret(file, text.toString());
    }

    /** Starts the command with {@code --config} and the settings as they are. */
    public NodeProcess start(String command, String... arguments) {
        return startAfter(List.of(), command, arguments);
    }

    /**
     * The same at a lower priority.
     *
     * @param niceness as {@code nice} takes it, 0 to 19
     */
    public NodeProcess startNicely(int niceness, String command, String... arguments) {
        return startAfter(List.of("nice", "-n", "" + niceness), command, arguments);
    }

    private NodeProcess startAfter(List<String> before, String command, String... arguments) {
        Path file = file();
        List<String> words = new ArrayList<>(before);
        words.addAll(List.of(program, command, "--config", file.toString()));
        words.addAll(List.of(arguments));
        return NodeProcess.start(folder, environment, words);
    }

    /** Runs the command to its end, whatever the exit code. */
    public NodeProcess.Result tryRun(String command, String... arguments) {
        return start(command, arguments).await(PATIENCE);
    }

    /** @throws KitException where the exit code is not 0 */
    public NodeProcess.Result run(String command, String... arguments) {
        NodeProcess.Result result = tryRun(command, arguments);
        if (result.exitCode() != 0) {
            throw new KitException(Path.of(program).getFileName() + " " + command + ": exit code " + result.exitCode()
                    + "\n" + result.error() + result.output());
        }
        return result;
    }
}
