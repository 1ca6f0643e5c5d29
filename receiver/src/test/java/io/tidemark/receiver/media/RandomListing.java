package io.tidemark.receiver.media;

import io.tidemark.receiver.media.MediaBench.Listing;
import java.util.List;
import java.util.Random;

/** What a primary lists from one day to the next: few names, so that files become folders and folders files. */
final class RandomListing {
    private static final List<String> NAMES = List.of("a", "b c", "a.b", "a-b", "ä", "\n", "日本", "\uD83D\uDE00");

    private RandomListing() {}

    static Listing after(Listing before, Random random) {
        Listing next = before.copy();
        for (String path : List.copyOf(next.records().keySet())) {
            if (random.nextInt(3) == 0) {
                next.without(path);
            }
        }
        for (int i = 0; i < 12; i++) {
            String path = path(random);
            makeRoom(next, path);
            next.file(path, "content " + random.nextInt(9), 1_700_000_000_000L + random.nextInt(4) * 3_000L);
        }
        return next;
    }

    /** No file may be where a folder is. */
    private static void makeRoom(Listing listing, String path) {
        for (String other : List.copyOf(listing.records().keySet())) {
            if (other.startsWith(path + "/") || path.startsWith(other + "/")) {
                listing.without(other);
            }
        }
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder(name(random));
        for (int depth = random.nextInt(3); depth > 0; depth--) {
            path.append('/').append(name(random));
        }
        return path.toString();
    }

    private static String name(Random random) {
        return NAMES.get(random.nextInt(NAMES.size()));
    }
}
