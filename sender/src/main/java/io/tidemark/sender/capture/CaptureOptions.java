package io.tidemark.sender.capture;

import io.tidemark.sender.settings.CompleteSettings.Format;
import io.tidemark.settings.TableSelection;
import java.nio.file.Path;

/**
 * How a complete is cut.
 *
 * @param tables which relations the settings name, by globs over {@code schema.table}
 * @param workers parallel COPYs, at least 1
 * @param owners whether owners travel
 * @param grants whether grants travel
 * @param pgDump the program
 * @param ordinary whether the position has to be that of an ordinary snapshot, in one order with those of partials by watermark
 */
public record CaptureOptions(
        TableSelection tables,
        Format format,
        int workers,
        boolean owners,
        boolean grants,
        Path pgDump,
        boolean ordinary) {}
