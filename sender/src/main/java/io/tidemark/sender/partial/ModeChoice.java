package io.tidemark.sender.partial;

import io.tidemark.database.Catalogue;
import io.tidemark.sender.capture.SelectedTables;
import io.tidemark.sender.log.LogSource;
import io.tidemark.sender.log.Publication;
import io.tidemark.sender.settings.PartialSettings.Mode;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.watermark.WatermarkPlan;
import java.util.Optional;

/**
 * How changes are found here.
 *
 * @param mode the log or watermarks
 * @param reason for people
 */
public record ModeChoice(Mode mode, String reason) {
    public static ModeChoice of(SenderSettings settings, LogSource source) {
        Mode wanted = settings.partial().mode();
        if (wanted != Mode.AUTO) {
            return new ModeChoice(wanted, "the settings say so");
        }
        Optional<String> obstacle = obstacle(settings, source);
        if (obstacle.isEmpty()) {
            return new ModeChoice(Mode.LOG, "server and role allow it");
        }
        Catalogue catalogue = source.catalogue(settings.tables());
        boolean columns = !WatermarkPlan.of(
                        catalogue,
                        SelectedTables.of(catalogue, settings.tables()),
                        settings.partial().watermark().columns())
                .followed()
                .isEmpty();
        String reason = "the log cannot be read: " + obstacle.get();
        return columns
                ? new ModeChoice(Mode.WATERMARK, reason)
                : new ModeChoice(Mode.LOG, reason + "; and watermark.columns names no column to follow instead");
    }

    private static Optional<String> obstacle(SenderSettings settings, LogSource source) {
        Optional<String> obstacle = source.obstacle();
        if (obstacle.isPresent()) {
            return obstacle;
        }
        Publication.Standing publication = source.publication(source.catalogue(settings.tables()), settings.tables());
        return publication.exists() || publication.todo().isEmpty()
                ? Optional.empty()
                : Optional.of("the role may not create its publication (tidemark-sender check prints what to run)");
    }
}
