package io.tidemark.deploy.bench;

import io.tidemark.deploy.kit.Command;
import io.tidemark.deploy.kit.NodeProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A line of work for bash, run and measured as our own commands are. */
final class Script {
    private static final Duration PATIENCE = Duration.ofHours(6);

    private Script() {}

    /** @param text runs with {@code -euo pipefail} */
    static NodeProcess.Result run(Path folder, Map<String, String> environment, String text) {
        NodeProcess.Result result = NodeProcess.start(
                        folder, environment, List.of("bash", "-euo", "pipefail", "-c", text))
                .await(PATIENCE);
        if (result.exitCode() != 0) {
            throw new io.tidemark.deploy.kit.KitException(
                    text + "\nexit code " + result.exitCode() + "\n" + result.error() + result.output());
        }
        return result;
    }

    static String quoted(List<String> words) {
        return words.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    static boolean exists(String program) {
        return Command.of("sh", "-c", "command -v " + program).tryRun().exitCode() == 0;
    }
}
