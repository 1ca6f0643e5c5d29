package io.tidemark.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, as text. */
record Page(Path file, String text) {
    /** The repository: tests run in the folder of their module. */
    static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling("");

    private static final Pattern CELLS = Pattern.compile("(?<!\\\\)\\|");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** @param name relative to the repository */
    static Page read(String name) throws IOException {
        Path file = ROOT.resolve(name);
        return new Page(file, Files.readString(file));
    }

    static List<Page> all() throws IOException {
        List<Page> pages = new ArrayList<>();
        for (String name : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
            pages.add(read(name));
        }
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            for (Path file : docs.filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                pages.add(read(ROOT.relativize(file).toString()));
            }
        }
        return pages;
    }

    /** From a heading to the next one, whatever its level. */
    Page section(String heading) {
        int start = text.indexOf("\n" + heading + "\n");
        if (start < 0) {
            throw new IllegalArgumentException(file + " has no heading " + heading);
        }
        int body = start + heading.length() + 2;
        int end = text.indexOf("\n#", body);
        return new Page(file, text.substring(body, end < 0 ? text.length() : end));
    }

    /** The rows of its tables, cell by cell; without the rows that head them. */
    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("|---")) {
                rows.remove(rows.size() - 1);
            } else if (line.startsWith("|")) {
                rows.add(CELLS.splitAsStream(line.substring(1))
                        .map(String::strip)
                        .toList());
            }
        }
        return rows;
    }

    /** Lines that are set as code, and what stands in backquotes elsewhere. */
    List<String> code() {
        return text.lines()
                .flatMap(line -> line.startsWith("    ") ? Stream.of(line.strip()) : quoted(line).stream())
                .toList();
    }

    List<String> found(Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    static List<String> quoted(String text) {
        return new Page(ROOT, text).found(CODE);
    }
}
