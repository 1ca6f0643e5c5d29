package io.tidemark.sender.capture;

import io.tidemark.bundle.Manifest;
import io.tidemark.position.Position;
import io.tidemark.position.SourceIdentity;
import java.nio.file.Path;
import java.util.List;

/**
 * A database as it was captured; its contents have gone to the sinks, its lists and scripts lie in {@code files}.
 *
 * @param tables in the order that the parts' indexes mean
 */
public record Captured(
        SourceIdentity identity,
        Manifest.Server server,
        Position position,
        List<Manifest.Table> tables,
        List<Manifest.Sequence> sequences,
        Manifest.Parts parts,
        List<Manifest.LeftOut> leftOut,
        Files files) {
    /** Where a capture leaves what goes into the last volume. */
    public record Files(Path preData, Path postData, Path restore, Path parts) {
        static Files in(Path folder) {
            return new Files(
                    folder.resolve("pre-data.sql"),
                    folder.resolve("post-data.sql"),
                    folder.resolve("restore.sql"),
                    folder.resolve("parts.jsonl.zst"));
        }
    }
}
