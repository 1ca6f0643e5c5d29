package io.tidemark.sender.partial;

import io.tidemark.bundle.BundleId;
import io.tidemark.crash.CrashPoints;
import io.tidemark.sender.log.LogNames;
import io.tidemark.sender.log.LogSource;
import io.tidemark.sender.media.MediaLook;
import io.tidemark.sender.outbox.Outbox;
import io.tidemark.sender.route.Partials;
import io.tidemark.sender.settings.PartialSettings.Mode;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.SenderState;
import java.io.Closeable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes partials in the mode that suits the primary, which is chosen at the first one and kept until the process ends. */
public final class ChosenPartials implements Partials, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ChosenPartials.class);

    private final SenderSettings settings;
    private final PartialMaker log;
    private final WatermarkMaker watermark;
    private @Nullable Partials chosen;

    public ChosenPartials(
            SenderSettings settings, Outbox outbox, SenderState state, Clock clock, CrashPoints crashPoints) {
        this.settings = settings;
        MediaLook look = new MediaLook(
                settings.media(), settings.workFolder().resolve("partial").resolve("media"), state, clock);
        this.log = new PartialMaker(settings, outbox, state, look, clock, crashPoints);
        this.watermark = new WatermarkMaker(settings, outbox, state, look, clock, crashPoints);
    }

    @Override
    public List<BundleId> make(String label, boolean again) {
        return chosen().make(label, again);
    }

    @Override
    public void readAhead(Duration limit) {
        Optional<Partials> known = known();
        known.ifPresent(partials -> partials.readAhead(limit));
    }

    private synchronized Optional<Partials> known() {
        return Optional.ofNullable(chosen);
    }

    @Override
    public void prepare() {
        chosen().prepare();
    }

    /** Takes away what either mode made on the primary. */
    public String uninstall() {
        return log.uninstall();
    }

    private synchronized Partials chosen() {
        if (chosen == null) {
            ModeChoice choice = choose();
            LOG.info("changes are found by {}: {}", choice.mode().name().toLowerCase(Locale.ROOT), choice.reason());
            chosen = choice.mode() == Mode.WATERMARK ? watermark : log;
        }
        return chosen;
    }

    private ModeChoice choose() {
        try (LogSource source =
                LogSource.open(settings.database().database(settings.lockTimeout()), LogNames.of(settings.source()))) {
            return ModeChoice.of(settings, source);
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
