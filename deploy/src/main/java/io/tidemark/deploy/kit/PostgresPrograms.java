package io.tidemark.deploy.kit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An installed PostgreSQL: the folder of its programs, and its major version. */
public record PostgresPrograms(Path bin, int major) {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    /** All that have a server, the newest first. */
    public static List<PostgresPrograms> all() {
        List<Path> folders = new ArrayList<>();
        Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .map(Path::of)
                .forEach(folders::add);
        folders.addAll(debianFolders());
        return folders.stream()
                .filter(PostgresPrograms::complete)
                .map(PostgresPrograms::of)
                .flatMap(Optional::stream)
                .distinct()
                .sorted(Comparator.comparingInt(PostgresPrograms::major).reversed())
                .toList();
    }

    public static PostgresPrograms newest() {
        return all().stream()
                .findFirst()
                .orElseThrow(() -> new KitException("no PostgreSQL with server and client programs in PATH or " + DEBIAN
                        + "/*/bin; install the package postgresql"));
    }

    /** The programs in {@code bin}, which must answer {@code postgres --version}. */
    public static Optional<PostgresPrograms> of(Path bin) {
        Command.Result result =
                Command.of(bin.resolve("postgres").toString(), "--version").tryRun();
        Matcher matcher = VERSION.matcher(result.output());
        return matcher.find()
                ? Optional.of(new PostgresPrograms(bin, Integer.parseInt(matcher.group(1))))
                : Optional.empty();
    }

    /** The path of a program, e.g. {@code psql}. */
    public String program(String name) {
        return bin.resolve(name).toString();
    }

    /** Some folders in PATH hold links to a few programs alone. */
    private static boolean complete(Path folder) {
        return Stream.of("initdb", "postgres", "pg_isready", "psql", "pg_dump", "pg_restore")
                .allMatch(name -> Files.isExecutable(folder.resolve(name)));
    }

    private static List<Path> debianFolders() {
        if (!Files.isDirectory(DEBIAN)) {
            return List.of();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(DEBIAN + ": cannot be listed", e);
        }
    }
}
