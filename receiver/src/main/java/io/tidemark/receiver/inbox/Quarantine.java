package io.tidemark.receiver.inbox;

import io.tidemark.crash.CrashPoints;
import io.tidemark.file.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where damaged and hostile things lie, each beside a file {@code <name>.reason.txt} that says why. */
public final class Quarantine {
    private static final String REASON = ".reason.txt";
    private static final int LONGEST_NAME = 200;

    private final Path folder;
    private final CrashPoints crashPoints;

    public Quarantine(Path folder, CrashPoints crashPoints) {
        this.folder = folder;
        this.crashPoints = crashPoints;
    }

    /**
     * Moves a file or folder here; an earlier one of that name is replaced. What is neither file nor folder is removed, since nothing can
     * be learnt from it. Stopped in the middle, it can be done again.
     *
     * @return what the file is called here
     */
    public String add(Path damaged, String reason) throws IOException {
        String name = safe(String.valueOf(damaged.getFileName()));
        Path target = folder.resolve(name);
        DurableFiles.createFolders(folder);
        DurableFiles.write(folder.resolve(name + REASON), (reason + "\n").getBytes(StandardCharsets.UTF_8));
        crashPoints.pass(ImportStep.QUARANTINE_EXPLAINED);
        if (isKept(damaged)) {
            DurableFiles.remove(target);
            DurableFiles.move(damaged, target);
        } else {
            Files.deleteIfExists(damaged);
        }
        crashPoints.pass(ImportStep.QUARANTINE_MOVED);
        return name;
    }

    /** Names of what lies here, in order. */
    public List<String> list() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(REASON))
                    .map(name -> name.substring(0, name.length() - REASON.length()))
                    .sorted()
                    .toList();
        }
    }

    /** Names of what was put here before {@code limit}, in order. */
    public List<String> olderThan(Instant limit) throws IOException {
        List<String> old = new ArrayList<>();
        for (String name : list()) {
            if (Files.getLastModifiedTime(folder.resolve(name + REASON))
                    .toInstant()
                    .isBefore(limit)) {
                old.add(name);
            }
        }
        return old;
    }

    /** The reason goes last, so that a removal that is cut off is done again. */
    public void remove(String name) throws IOException {
        DurableFiles.deleteTree(folder.resolve(name));
        Files.deleteIfExists(folder.resolve(name + REASON));
    }

    public String reason(String name) throws IOException {
        return Files.readString(folder.resolve(name + REASON)).strip();
    }

    private static boolean isKept(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** A stranger chose it: only plain characters, and short enough for the reason's name. */
    private static String safe(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.+", "_");
        return plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
    }
}
