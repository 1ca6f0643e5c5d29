package io.tidemark.receiver.media;

import io.tidemark.bundle.MediaPath;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.bundle.RecordReader;
import io.tidemark.failure.DamagedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads both lists side by side, path by path in their order; one line of each is in memory. */
final class MediaJoin implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(MediaJoin.class);

    private final Source before;
    private final Source now;

    MediaJoin(MediaLists lists) throws IOException {
        this.now = new Source(Optional.of(lists.next()), false);
        boolean opened = false;
        try {
            this.before = new Source(lists.previous(), true);
            opened = true;
        } finally {
            if (!opened) {
                now.close();
            }
        }
    }

    /** Null after the last path. */
    @Nullable
    MediaChange next() throws IOException {
        MediaRecord left = before.head;
        MediaRecord right = now.head;
        if (left == null && right == null) {
            return null;
        }
        int order = left == null ? 1 : right == null ? -1 : MediaPath.compare(left.path(), right.path());
        return new MediaChange(order <= 0 ? before.take() : null, order >= 0 ? now.take() : null);
    }

    @Override
    public void close() throws IOException {
        try (now) {
            before.close();
        }
    }

    /** One list; the head is what comes next. */
    private static final class Source implements Closeable {
        private final boolean lenient;
        private @Nullable RecordReader<MediaRecord> reader;
        private @Nullable MediaRecord head;
        private String last = "";

        /** @param lenient whether a damaged list ends where the damage is: it is then as good as lost from there on */
        Source(Optional<Path> list, boolean lenient) throws IOException {
            this.lenient = lenient;
            boolean read = false;
            try {
                advance(() -> reader = list.isPresent() ? RecordReader.open(list.get(), MediaRecord.class) : null);
                advance(this::readNext);
                read = true;
            } finally {
                if (!read) {
                    close();
                }
            }
        }

        @Nullable
        MediaRecord take() throws IOException {
            MediaRecord taken = head;
            advance(this::readNext);
            return taken;
        }

        private void advance(Step step) throws IOException {
            try {
                step.run();
            } catch (DamagedException damaged) {
                if (!lenient) {
                    throw damaged;
                }
                LOG.warn(
                        "the archive's media list: {}; nothing that it named from there on is removed",
                        damaged.reason());
                head = null;
            }
        }

        private void readNext() throws IOException {
            head = reader == null ? null : reader.next();
            if (head != null) {
                if (MediaPath.compare(last, head.path()) >= 0) {
                    throw new DamagedException("media list: " + head.path() + " does not come after " + last);
                }
                last = head.path();
            }
        }

        @Override
        public void close() throws IOException {
            if (reader != null) {
                reader.close();
            }
        }
    }

    /** A piece of reading. */
    private interface Step {
        void run() throws IOException;
    }
}
