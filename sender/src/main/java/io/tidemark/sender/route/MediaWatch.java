package io.tidemark.sender.route;

import io.tidemark.alarm.AlarmId;
import io.tidemark.alarm.Alarms;
import io.tidemark.alarm.Condition;
import io.tidemark.sender.media.MediaTrouble;
import io.tidemark.sender.media.MediaTrouble.Kind;
import io.tidemark.sender.media.MediaTrouble.Trouble;
import io.tidemark.sender.state.ChainState;
import io.tidemark.sender.state.SenderState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Tells what keeps media from travelling, as completes and partials have found it, and notices a folder that is back. */
public final class MediaWatch {
    private static final String SUBJECT = "media";

    private final SenderState state;
    private final Alarms alarms;

    public MediaWatch(SenderState state, Alarms alarms) {
        this.state = state;
        this.alarms = alarms;
    }

    static AlarmId alarm(Kind kind) {
        return AlarmId.of(
                SUBJECT,
                switch (kind) {
                    case MISSING -> Condition.MISSING;
                    case UNREADABLE -> Condition.UNREADABLE;
                    case DELETION_HELD -> Condition.DELETION_HELD;
                });
    }

    /** Called again and again. */
    public void look() {
        List<Trouble> troubles = MediaTrouble.read(state);
        Arrays.stream(Kind.values())
                .filter(kind -> find(troubles, kind).isEmpty())
                .forEach(kind -> alarms.clear(alarm(kind)));
        troubles.forEach(trouble ->
                alarms.raise(alarm(trouble.kind()), trouble.seenBy().word(), trouble.text(), trouble.hint()));
        find(troubles, Kind.MISSING).ifPresent(this::lookForIt);
    }

    private static Optional<Trouble> find(List<Trouble> troubles, Kind kind) {
        return troubles.stream().filter(trouble -> trouble.kind() == kind).findFirst();
    }

    /** Where partials speak of media they see it themselves. */
    private void lookForIt(Trouble missing) {
        if (!state.mediaChain().isBased()
                && state.chain().openRequest().isEmpty()
                && Files.isDirectory(Path.of(missing.about()))) {
            state.chain().requestComplete(ChainState.MEDIA_BACK + missing.about());
        }
    }
}
