package io.tidemark.sender.partial;

import io.tidemark.bundle.Manifest.LeftOut;
import io.tidemark.failure.TidemarkException;
import io.tidemark.sender.log.LogNames;
import io.tidemark.sender.log.LogSource;
import io.tidemark.sender.log.Slot;
import io.tidemark.sender.settings.PartialSettings.Mode;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.watermark.WatermarkSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the primary says of slot and publication just now, and how changes are found there.
 *
 * @param choice absent where it could not be asked
 * @param retained bytes of log that the slot keeps back; absent where there is no slot
 * @param excluded tables whose changes do not travel, and why
 * @param problem why it could not be asked; empty where it could
 */
public record PrimaryStatus(
        Optional<ModeChoice> choice, Optional<Long> retained, List<LeftOut> excluded, Optional<String> problem) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    public PrimaryStatus {
        excluded = List.copyOf(excluded);
    }

    public static PrimaryStatus ask(SenderSettings settings) {
        try (LogSource source =
                LogSource.open(settings.database().database(PATIENCE), LogNames.of(settings.source()))) {
            ModeChoice choice = ModeChoice.of(settings, source);
            Optional<Long> retained =
                    Optional.of(source.slot()).filter(Slot.Standing::exists).map(Slot.Standing::retained);
            return new PrimaryStatus(
                    Optional.of(choice), retained, excluded(settings, source, choice), Optional.empty());
        } catch (TidemarkException failure) {
            return new PrimaryStatus(Optional.empty(), Optional.empty(), List.of(), Optional.of(failure.text()));
        }
    }

    private static List<LeftOut> excluded(SenderSettings settings, LogSource source, ModeChoice choice) {
        if (choice.mode() != Mode.WATERMARK) {
            return source.publication(source.catalogue(settings.tables()), settings.tables())
                    .excluded();
        }
        try (WatermarkSource tables = WatermarkSource.open(
                settings.database().database(PATIENCE),
                settings.tables(),
                settings.partial().watermark().columns())) {
            return tables.plan().excluded();
        }
    }
}
