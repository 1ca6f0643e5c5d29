package io.tidemark.alarm;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The logs of a node.
 *
 * @param folder with a log per route
 * @param all the log of all routes, for those that have none of their own, or nothing in it
 */
record RouteLogs(Path folder, String all) {

    /** @param node such as {@code sender of shop}; the program's name comes first */
    static RouteLogs of(Path workFolder, String node) {
        return new RouteLogs(workFolder.resolve("log"), node.split(" ", 2)[0]);
    }

    /** Empty where no log has a line. */
    Optional<LogTail> tail(String route) {
        return Stream.of(route, all)
                .map(name -> LogTail.of(folder.resolve(name + ".log")))
                .filter(tail -> !tail.lines().isEmpty())
                .findFirst();
    }
}
