package io.tidemark.sender.partial;

import io.tidemark.bundle.Manifest.LeftOut;
import io.tidemark.failure.TidemarkException;
import io.tidemark.sender.log.LogNames;
import io.tidemark.sender.log.LogSource;
import io.tidemark.sender.log.Publication;
import io.tidemark.sender.log.Slot;
import io.tidemark.sender.settings.SenderSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the primary says of slot and publication just now.
 *
 * @param retained bytes of log that the slot keeps back; absent where there is no slot
 * @param excluded tables whose changes do not travel, and why
 * @param problem why it could not be asked; empty where it could
 */
public record PrimaryStatus(Optional<Long> retained, List<LeftOut> excluded, Optional<String> problem) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    public PrimaryStatus {
        excluded = List.copyOf(excluded);
    }

    public static PrimaryStatus ask(SenderSettings settings) {
        try (LogSource source =
                LogSource.open(settings.database().database(PATIENCE), LogNames.of(settings.source()))) {
            Slot.Standing slot = source.slot();
            Publication.Standing publication = source.publication(source.catalogue(), settings.tables());
            return new PrimaryStatus(
                    slot.exists() ? Optional.of(slot.retained()) : Optional.empty(),
                    publication.excluded(),
                    Optional.empty());
        } catch (TidemarkException failure) {
            return new PrimaryStatus(Optional.empty(), List.of(), Optional.of(failure.text()));
        }
    }
}
