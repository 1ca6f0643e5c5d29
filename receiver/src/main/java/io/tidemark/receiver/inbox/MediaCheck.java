package io.tidemark.receiver.inbox;

import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.MediaPath;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.failure.DamagedException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Holds the lines of {@code media.jsonl.zst} to the manifest, one at a time. */
final class MediaCheck {
    private final Manifest.Media listed;
    private final Problems problems;
    /** Paths so far with which the last one begins: only below these could a file come to lie that is already a file itself. */
    private final Deque<String> prefixes = new ArrayDeque<>();

    private String last = "";
    private long lines;
    private long files;
    private long gone;
    private long bytes;

    MediaCheck(Manifest.Media listed, Problems problems) {
        this.listed = listed;
        this.problems = problems;
    }

    /** Of a partial: a path that is not there any more. */
    void gone(String path) throws DamagedException {
        next(path);
        gone++;
    }

    private void next(String path) throws DamagedException {
        lines++;
        if (MediaPath.compare(last, path) >= 0) {
            problems.add(at("a path that stands there twice or is out of order"));
        }
        last = path;
    }

    void line(MediaRecord line) throws DamagedException {
        String path = line.path();
        next(path);
        files++;
        while (!prefixes.isEmpty() && !path.startsWith(prefixes.getLast())) {
            prefixes.removeLast();
        }
        for (String prefix : prefixes) {
            if (path.startsWith(prefix + "/")) {
                problems.add(at("a file below another file"));
            }
        }
        prefixes.addLast(path);
        try {
            bytes = Math.addExact(bytes, line.size());
        } catch (ArithmeticException overflow) {
            throw new DamagedException(at("sizes add up to more than 64 bits hold"), overflow);
        }
    }

    void end() throws DamagedException {
        if (files != listed.files() || bytes != listed.bytes() || gone != listed.gone()) {
            problems.add(EntryName.MEDIA + ": " + files + " files of " + bytes + " bytes and " + gone
                    + " removed, the manifest says " + listed.files() + " of " + listed.bytes() + " and "
                    + listed.gone());
        }
    }

    private String at(String problem) {
        return EntryName.MEDIA + ", line " + lines + ": " + problem;
    }
}
