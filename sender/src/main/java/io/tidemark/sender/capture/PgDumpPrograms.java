package io.tidemark.sender.capture;

import io.tidemark.database.Database;
import io.tidemark.database.SqlFailures;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a pg_dump that can dump a server: PostgreSQL promises that for servers as old as the program or older. */
public final class PgDumpPrograms {
    private static final Pattern VERSION = Pattern.compile("\\) (\\d+)");
    private static final int SECONDS = 10;

    private PgDumpPrograms() {}

    /** A program and its major version. */
    public record Program(Path path, int major) {}

    /**
     * The newest one, so that a bundle looks the same whichever order PATH has.
     *
     * @param configured the only candidate, where given
     * @param serverVersion as {@code server_version_num}
     * @throws TidemarkException (USAGE) where there is none that will do
     */
    public static Program choose(Optional<Path> configured, int serverVersion) {
        int server = serverVersion / 10_000;
        List<Path> candidates = configured.map(List::of).orElseGet(PgDumpPrograms::installed);
        Optional<Program> newest = candidates.parallelStream()
                .map(PgDumpPrograms::probe)
                .flatMap(Optional::stream)
                .max(Comparator.comparingInt(Program::major));
        if (newest.isEmpty()) {
            String where = configured.map(path -> path + " is no pg_dump").orElse("no pg_dump was found");
            throw unsuited(where, server);
        }
        if (newest.get().major() < server) {
            throw unsuited(
                    newest.get().path() + " is of version " + newest.get().major() + ", the server of " + server,
                    server);
        }
        return newest.get();
    }

    /** Asks the server for its version. */
    public static Program forServer(Optional<Path> configured, Database database) {
        try (Connection connection = database.open("tidemark complete")) {
            return choose(configured, connection.getMetaData().getDatabaseMajorVersion() * 10_000);
        } catch (SQLException failure) {
            throw SqlFailures.of("database " + database, failure);
        }
    }

    private static TidemarkException unsuited(String what, int server) {
        return new TidemarkException(
                FailureCode.USAGE,
                what,
                "install the client programs of PostgreSQL " + server + " or newer, or name one with pg-dump");
    }

    /** The programs themselves before what PATH has: that may be a wrapper, which chooses a version by rules of its own. */
    private static List<Path> installed() {
        List<Path> found = new ArrayList<>();
        addVersions(found, Path.of("/usr/lib/postgresql"), "*");
        addVersions(found, Path.of("/usr"), "pgsql-*");
        for (String folder : String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1)) {
            if (folder.startsWith("/")) {
                found.add(Path.of(folder, "pg_dump"));
            }
        }
        Set<Path> folders = new HashSet<>();
        return found.stream()
                .filter(Files::isExecutable)
                .filter(program -> folders.add(real(program.resolveSibling("."))))
                .toList();
    }

    /** PATH often names a folder a second time by a link, as /bin and /usr/bin. */
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addVersions(List<Path> found, Path above, String names) {
        if (Files.isDirectory(above)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(above, names)) {
                versions.forEach(version -> found.add(version.resolve("bin/pg_dump")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Optional<Program> probe(Path path) {
        try {
            Process process = new ProcessBuilder(path.toString(), "--version")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream out = process.getInputStream()) {
                Matcher version = VERSION.matcher(new String(out.readAllBytes(), StandardCharsets.UTF_8));
                boolean good = process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0 && version.find();
                return good ? Optional.of(new Program(path, Integer.parseInt(version.group(1)))) : Optional.empty();
            } finally {
                process.destroy();
            }
        } catch (IOException notAProgram) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
