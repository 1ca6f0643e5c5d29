package io.tidemark.sender.media;

import io.tidemark.bundle.Manifest.LeftOut;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names what does not travel: the first ones one by one, the rest as a number. */
final class LeftOutFiles {
    static final int NAMED = 100;

    private static final Logger LOG = LoggerFactory.getLogger(LeftOutFiles.class);

    private final List<LeftOut> named = new ArrayList<>();
    private long count;
    private UnreadableFiles unreadable = UnreadableFiles.NONE;

    void add(String path, String reason) {
        if (count++ < NAMED) {
            named.add(new LeftOut("media file " + path, reason));
        }
    }

    void addUnreadable(String path, String reason) {
        unreadable = unreadable.and(path);
        add(path, reason);
    }

    UnreadableFiles unreadable() {
        return unreadable;
    }

    long count() {
        return count;
    }

    List<LeftOut> list() {
        if (count > 0) {
            LOG.warn("{} media files are left out or not as they should be; the manifest names them", count);
        }
        List<LeftOut> all = new ArrayList<>(named);
        if (count > NAMED) {
            all.add(new LeftOut("media files", (count - NAMED) + " more are left out"));
        }
        return all;
    }
}
