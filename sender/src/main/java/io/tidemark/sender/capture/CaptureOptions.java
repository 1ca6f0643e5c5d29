package io.tidemark.sender.capture;

import io.tidemark.sender.settings.CompleteSettings.Format;
import io.tidemark.table.TableName;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * How a complete is cut.
 *
 * @param included which relations the settings name, by globs over {@code schema.table}
 * @param workers parallel COPYs, at least 1
 * @param owners whether owners travel
 * @param grants whether grants travel
 * @param pgDump the program
 */
public record CaptureOptions(
        Predicate<TableName> included, Format format, int workers, boolean owners, boolean grants, Path pgDump) {}
