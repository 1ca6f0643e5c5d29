package io.tidemark.sender.route;

import io.tidemark.alarm.Alarms;
import io.tidemark.bundle.VolumeName;
import io.tidemark.sender.state.SenderState;
import io.tidemark.sender.state.SentBundle;
import io.tidemark.text.Human;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of bundles whose last volume has been pushed. */
record Pushed(SenderState state, Alarms alarms) implements Consumer<VolumeName> {
    private static final Logger LOG = LoggerFactory.getLogger(Pushed.class);

    @Override
    public void accept(VolumeName volume) {
        LOG.info("pushed {}", volume);
        if (volume.isLast()) {
            state.bundle(volume.bundle())
                    .ifPresent(bundle -> alarms.done(bundle.id().kind().word(), summary(bundle)));
        }
    }

    private static String summary(SentBundle bundle) {
        return bundle.id().kind().word() + " " + bundle.id().name() + " is pushed: "
                + Human.count(bundle.rows(), "row") + ", " + Human.bytes(bundle.bytes()) + " on the wire, made in "
                + Human.duration(bundle.taken());
    }
}
