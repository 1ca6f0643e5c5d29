package io.tidemark.receiver.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A step of post-processing. One of {@code sql} and {@code command} is there.
 *
 * @param place its number, by which steps are ordered
 * @param name under which the ledger knows it; of another name it is another step, which begins with everything
 * @param sql file that is run in one transaction with the step's progress
 * @param command program and arguments, run without a shell
 * @param every least time between the beginnings of two runs; zero where it runs after every load
 * @param timeout after which a run is ended and counts as failed
 * @param retry how long to wait after a failure, twice as long after each further one
 * @param required whether nothing is loaded while it has failed
 */
public record PostStep(
        int place,
        String name,
        Optional<Path> sql,
        List<String> command,
        Duration every,
        Duration timeout,
        Duration retry,
        boolean required) {
    public PostStep {
        command = List.copyOf(command);
        if (sql.isPresent() == !command.isEmpty()) {
            throw new IllegalArgumentException("step " + name + " has to be either SQL or a command");
        }
    }
}
