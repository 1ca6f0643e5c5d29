package io.tidemark.receiver.media;

import java.io.IOException;

/** What one bundle does to the media folder, in two phases around the commit of its rows. */
public final class MediaWork {
    private final MediaPlacer placer;
    private final MediaLists lists;

    MediaWork(MediaPlacer placer, MediaLists lists) {
        this.placer = placer;
        this.lists = lists;
    }

    public MediaResult place() throws IOException {
        return placer.place(lists);
    }

    /** @param placed what {@link #place} said */
    public MediaResult removeGone(MediaResult placed) throws IOException {
        return placer.removeGone(lists, placed);
    }
}
