package io.tidemark.receiver.media;

import io.tidemark.bundle.MediaDelta;
import io.tidemark.bundle.MediaPath;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.RecordReader;
import io.tidemark.bundle.RecordWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The list that a complete and the partials after it come to. Memory depends on neither. */
final class FoldedList {
    /** Lists that are open at once. */
    private static final int OPEN = 32;

    private final Path scratch;
    private int made;

    /** @param scratch a folder of our own */
    FoldedList(Path scratch) {
        this.scratch = scratch;
    }

    /**
     * Writes it.
     *
     * @param base a complete's list; empty for none
     * @param partials lists of partials, oldest first
     */
    void write(Optional<Path> base, List<Path> partials, Path target) throws IOException {
        Files.createDirectories(scratch);
        List<Path> runs = new ArrayList<>(partials);
        while (runs.size() > 1) {
            List<Path> fewer = new ArrayList<>();
            for (int from = 0; from < runs.size(); from += OPEN) {
                fewer.add(merge(runs.subList(from, Math.min(runs.size(), from + OPEN))));
            }
            runs = fewer;
        }
        try (Lines<MediaRecord> before = Lines.open(base, MediaRecord.class);
                Lines<MediaDelta> later = Lines.open(runs.stream().findFirst(), MediaDelta.class);
                RecordWriter<MediaRecord> writer = RecordWriter.create(target, MediaRecord.class)) {
            while (before.head != null || later.head != null) {
                int order = order(before.head, later.head);
                MediaRecord old = order <= 0 ? before.take() : null;
                MediaDelta fresh = order >= 0 ? later.take() : null;
                Optional<MediaRecord> now = fresh == null ? Optional.ofNullable(old) : fresh.file();
                if (now.isPresent()) {
                    writer.write(now.get());
                }
            }
        }
    }

    private static int order(@Nullable MediaRecord left, @Nullable MediaDelta right) {
        if (left == null || right == null) {
            return left == null ? 1 : -1;
        }
        return MediaPath.compare(left.path(), right.path());
    }

    /** Several partials as one: of each path what the youngest says. */
    private Path merge(List<Path> partials) throws IOException {
        if (partials.size() == 1) {
            return partials.get(0);
        }
        Path target = scratch.resolve("run-" + made++ + ".jsonl.zst");
        List<Lines<MediaDelta>> all = new ArrayList<>();
        try (RecordWriter<MediaDelta> writer = RecordWriter.create(target, MediaDelta.class)) {
            PriorityQueue<Lines<MediaDelta>> heads = new PriorityQueue<>(
                    Comparator.comparing((Lines<MediaDelta> lines) -> path(lines.head), MediaPath::compare)
                            .thenComparing(lines -> -all.indexOf(lines)));
            for (Path partial : partials) {
                Lines<MediaDelta> lines = Lines.open(Optional.of(partial), MediaDelta.class);
                all.add(lines);
            }
            all.stream().filter(lines -> lines.head != null).forEach(heads::add);
            String last = "";
            for (Lines<MediaDelta> first = heads.poll(); first != null; first = heads.poll()) {
                MediaDelta line = first.take();
                if (line != null && !line.path().equals(last)) {
                    writer.write(line);
                    last = line.path();
                }
                if (first.head != null) {
                    heads.add(first);
                }
            }
        } finally {
            for (Lines<MediaDelta> lines : all) {
                lines.close();
            }
        }
        return target;
    }

    private static String path(@Nullable MediaDelta line) {
        return line == null ? "" : line.path();
    }

    /** A list; the head is what comes next. */
    private static final class Lines<T> implements Closeable {
        private final @Nullable RecordReader<T> reader;
        private @Nullable T head;

        private Lines(@Nullable RecordReader<T> reader) {
            this.reader = reader;
        }

        static <T> Lines<T> open(Optional<Path> list, Class<T> type) throws IOException {
            Lines<T> lines = new Lines<>(list.isPresent() ? RecordReader.open(list.get(), type) : null);
            boolean opened = false;
            try {
                lines.take();
                opened = true;
                return lines;
            } finally {
                if (!opened) {
                    lines.close();
                }
            }
        }

        @Nullable
        T take() throws IOException {
            T taken = head;
            head = reader == null ? null : reader.next();
            return taken;
        }

        @Override
        public void close() throws IOException {
            if (reader != null) {
                reader.close();
            }
        }
    }
}
