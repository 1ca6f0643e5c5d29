package io.tidemark.sender.media;

/**
 * Files that the sender's user has no right to read.
 *
 * @param first path of one of them; empty where there is none
 */
public record UnreadableFiles(long count, String first) {
    public static final UnreadableFiles NONE = new UnreadableFiles(0, "");

    UnreadableFiles and(String path) {
        return new UnreadableFiles(count + 1, count == 0 ? path : first);
    }
}
