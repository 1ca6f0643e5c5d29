package io.tidemark.receiver.load;

import io.tidemark.blob.BlobId;
import io.tidemark.blob.BlobStore;
import io.tidemark.bundle.Manifest;
import java.util.Optional;

/**
 * What a merge rests on.
 *
 * @param parts of the complete, in {@code store}
 * @param earlier the complete that was loaded last, where the archive has it
 * @param later what partials have done beyond the complete
 * @param ahead what was staged before
 */
record MergeInput(
        Manifest manifest,
        PartIndex parts,
        BlobStore store,
        Optional<EarlierComplete> earlier,
        LaterPartials later,
        Ahead ahead) {
    Iterable<BlobId> blobs(Manifest.Table table) {
        return parts.blobs(manifest.tables().indexOf(table));
    }

    /** Against the earlier complete; empty where the whole has to be merged. */
    Optional<EarlierComplete.Difference> difference(Manifest.Table table, RelationState state) {
        return earlier.flatMap(old -> old.difference(table, manifest, parts, state, store));
    }
}
