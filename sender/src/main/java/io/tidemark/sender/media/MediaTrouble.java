package io.tidemark.sender.media;

import io.tidemark.bundle.BundleKind;
import io.tidemark.failure.DamagedException;
import io.tidemark.json.StrictJson;
import io.tidemark.sender.state.SenderState;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps media, or deletions of media, from travelling while rows go on: told once, and kept in the state until it is over, for status and
 * alarms. To be changed by one thread at a time, which has the {@link MediaTurn}.
 */
public final class MediaTrouble {
    private static final Logger LOG = LoggerFactory.getLogger(MediaTrouble.class);
    private static final String NOTE = "media.trouble";

    private final SenderState state;
    private final Clock clock;
    private final BundleKind seenBy;

    /** @param seenBy what looks at media, whose log tells of it */
    public MediaTrouble(SenderState state, Clock clock, BundleKind seenBy) {
        this.state = state;
        this.clock = clock;
        this.seenBy = seenBy;
    }

    /** What may be wrong; each is over by itself. */
    public enum Kind {
        /** The media folder is not there, as where it is not mounted: no media travel. */
        MISSING,
        /** A folder cannot be read, so that no media travel; or files cannot, and the others do. */
        UNREADABLE,
        /** So many files are gone that their deletion does not travel until a person says so. */
        DELETION_HELD
    }

    /**
     * One of them, and what to do about it.
     *
     * @param about the media folder, or the path that cannot be read
     * @param seenBy what met it last
     */
    public record Trouble(Kind kind, String about, Instant since, BundleKind seenBy, String text, String hint) {}

    /** As the state keeps them. */
    record Troubles(List<Trouble> troubles) {}

    /** In the order of their kinds. */
    public static List<Trouble> read(SenderState state) {
        Optional<String> json = state.note(NOTE).filter(text -> !text.isEmpty());
        try {
            return json.isEmpty()
                    ? List.of()
                    : StrictJson.read(json.get().getBytes(StandardCharsets.UTF_8), Troubles.class)
                            .troubles();
        } catch (DamagedException otherVersion) {
            return List.of();
        }
    }

    private Optional<Trouble> find(Kind kind) {
        return read(state).stream().filter(each -> each.kind() == kind).findFirst();
    }

    /** @param text may change while it lasts */
    void is(Kind kind, String about, String text, String hint) {
        Optional<Trouble> before = find(kind);
        Instant since = before.map(Trouble::since).orElseGet(clock::instant);
        Trouble now = new Trouble(kind, about, since, seenBy, text, hint);
        if (before.isEmpty()) {
            LOG.error("{} (hint: {})", text, hint);
        }
        if (!before.equals(Optional.of(now))) {
            write(kind, Optional.of(now));
        }
    }

    void over(Kind kind) {
        Optional<Trouble> before = find(kind);
        if (before.isPresent()) {
            LOG.info("over, since {}: {}", before.get().since(), before.get().text());
            write(kind, Optional.empty());
        }
    }

    private void write(Kind kind, Optional<Trouble> now) {
        List<Trouble> all = new ArrayList<>(read(state));
        all.removeIf(each -> each.kind() == kind);
        now.ifPresent(all::add);
        all.sort(Comparator.comparing(Trouble::kind));
        state.note(NOTE, new String(StrictJson.pretty(new Troubles(all)), StandardCharsets.UTF_8));
    }

    /** A folder cannot be looked at: nothing in it travels, and nothing is taken for deleted. */
    public void away(MediaFolderException away) {
        Kind kind = away.isMissing() ? Kind.MISSING : Kind.UNREADABLE;
        is(
                kind,
                away.folder().toString(),
                away.text(),
                away.hint() + "; rows go on meanwhile, and media follow by themselves");
        if (kind == Kind.UNREADABLE) {
            over(Kind.MISSING);
        }
    }

    /** The folder was looked at from end to end. */
    public void there(UnreadableFiles unreadable) {
        over(Kind.MISSING);
        if (unreadable.count() == 0) {
            over(Kind.UNREADABLE);
            return;
        }
        is(
                Kind.UNREADABLE,
                unreadable.first(),
                unreadable.count() == 1
                        ? "media file " + unreadable.first() + " cannot be read"
                        : unreadable.count() + " media files cannot be read, the first is " + unreadable.first(),
                "let the sender's user read them; they follow by themselves");
    }

    /** There is no media folder any more. */
    public void none() {
        Arrays.stream(Kind.values()).forEach(this::over);
    }

    /** @param remedy the command that lets the deletion through */
    public void held(String folder, long gone, long all, String remedy) {
        is(
                Kind.DELETION_HELD,
                folder,
                "most media files are gone from " + folder + ": " + gone + " of " + all
                        + "; their deletion is held back",
                "mount the folder, or look at media.include and media.exclude; if they are meant to be gone: "
                        + remedy);
    }

    /** What is gone is said to be. */
    public void notHeld() {
        over(Kind.DELETION_HELD);
    }
}
