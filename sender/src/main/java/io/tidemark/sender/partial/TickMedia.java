package io.tidemark.sender.partial;

import io.tidemark.position.Lsn;
import io.tidemark.sender.media.MediaLook;
import io.tidemark.sender.media.MediaLook.BeforeReading;
import io.tidemark.sender.media.MediaLook.Found;
import io.tidemark.sender.state.MediaChain;
import java.io.IOException;
import java.nio.file.Path;

/** The media of one tick's partials. The folder is looked at after the rows have been read, so that files which rows name are there. */
final class TickMedia {
    /** How often a tick goes on for media: once past a complete's cut, once for deletions. */
    static final int MORE = 2;

    private final MediaLook look;
    private final MediaChain chain;
    private final boolean due;
    private boolean more;

    TickMedia(MediaLook look, MediaChain chain) {
        this.look = look;
        this.chain = chain;
        this.due = look.isDue();
    }

    /** Whether deletions wait that this tick may say: all that was committed before they were seen has to be read. */
    boolean left() {
        return due && look.left();
    }

    /** Whether there is something to say although the database stands still. */
    boolean differs() throws IOException {
        return due && look.differs();
    }

    /**
     * What a partial has to say.
     *
     * @param end where it ends. What ends before a complete that has looked at the folder may be covered by it, and says nothing
     * @param folder where the list is written
     */
    Found look(PartialContents contents, Lsn end, Path folder, BeforeReading before) throws IOException {
        more = false;
        if (!due) {
            return look.nothing();
        }
        if (chain.cut().filter(cut -> end.compareTo(cut) <= 0).isPresent()) {
            more = true;
            return look.nothing();
        }
        Found found = look.look(contents, before, folder);
        more = found.again();
        return found;
    }

    /** Whether the last look left something to say: deletions that rows of the same partial may stand against. */
    boolean wantsMore() {
        return more;
    }
}
