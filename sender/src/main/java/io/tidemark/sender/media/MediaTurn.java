package io.tidemark.sender.media;

import io.tidemark.file.WorkLock;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Who looks at the media folder, one at a time: a partial from before it reads its rows until it is whole, a complete while it sees what is
 * there. So of two lists one is the younger for every path. Who waits comes next, however often the others ask.
 */
public final class MediaTurn implements Closeable {
    private static final String LOCK = "media.lock";
    private static final String QUEUE = "media.queue";
    private static final String WHAT = "a look at the media folder";
    private static final Duration PATIENCE = Duration.ofHours(6);

    private final WorkLock lock;

    private MediaTurn(WorkLock lock) {
        this.lock = lock;
    }

    public static MediaTurn take(Path workFolder) {
        WorkLock next = WorkLock.acquire(workFolder.resolve(QUEUE), WHAT, PATIENCE);
        try {
            return new MediaTurn(WorkLock.acquire(workFolder.resolve(LOCK), WHAT, PATIENCE));
        } finally {
            next.close();
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
