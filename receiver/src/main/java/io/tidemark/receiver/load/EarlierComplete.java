package io.tidemark.receiver.load;

import io.tidemark.blob.BlobId;
import io.tidemark.blob.BlobStore;
import io.tidemark.bundle.Manifest;
import java.util.List;
import java.util.Optional;

/** The complete that was loaded last, as the archive holds it: what its parts share with a later one need not be looked at again. */
record EarlierComplete(Manifest manifest, PartIndex parts) {
    /** The contents in which two completes differ for one table. */
    record Difference(List<BlobId> fresh, List<BlobId> stale) {}

    /** Empty where the table cannot be compared part by part: the whole has to be merged. */
    Optional<Difference> difference(
            Manifest.Table table, Manifest later, PartIndex laterParts, RelationState state, BlobStore store) {
        Optional<Manifest.Table> earlier = manifest.tables().stream()
                .filter(old -> old.name().equals(table.name()))
                .findFirst();
        if (earlier.isEmpty()
                || !earlier.get().digest().equals(state.digest())
                || earlier.get().format() != table.format()
                || !earlier.get().shape().copied().equals(table.shape().copied())) {
            return Optional.empty();
        }
        int before = manifest.tables().indexOf(earlier.get());
        int after = later.tables().indexOf(table);
        List<BlobId> fresh = laterParts.less(after, parts, before);
        List<BlobId> stale = parts.less(before, laterParts, after);
        return stale.stream().allMatch(store::contains) ? Optional.of(new Difference(fresh, stale)) : Optional.empty();
    }
}
