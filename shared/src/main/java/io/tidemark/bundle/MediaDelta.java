package io.tidemark.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.tidemark.blob.BlobId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of a partial's {@code media.jsonl.zst}, ordered by {@code path} compared as UTF-8 bytes: how the file is now.
 *
 * @param path as in {@link MediaRecord}, as are {@code blob}, {@code size} and {@code modified}, which are absent where the file is gone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MediaDelta(
        Op op,
        String path,
        @JsonSetter(nulls = Nulls.SET) @Nullable BlobId blob,
        @JsonSetter(nulls = Nulls.SET) @Nullable Long size,
        @JsonSetter(nulls = Nulls.SET) @Nullable Long modified) {
    /** What became of a path. A receiver does the same with the first two. */
    public enum Op {
        ADDED,
        CHANGED,
        REMOVED
    }

    public MediaDelta {
        MediaPath.problem(path).ifPresent(problem -> {
            throw new IllegalArgumentException("the path of a media file " + problem);
        });
        boolean bare = blob == null && size == null && modified == null;
        boolean full = blob != null && size != null && modified != null && size >= 0;
        if (op == Op.REMOVED ? !bare : !full) {
            throw new IllegalArgumentException("a media file's line says too little or too much");
        }
    }

    public static MediaDelta of(Op op, MediaRecord file) {
        return new MediaDelta(op, file.path(), file.blob(), file.size(), file.modified());
    }

    public static MediaDelta removed(String path) {
        return new MediaDelta(Op.REMOVED, path, null, null, null);
    }

    /** As a complete would list it; empty where it is gone. */
    public Optional<MediaRecord> file() {
        return blob == null || size == null || modified == null
                ? Optional.empty()
                : Optional.of(new MediaRecord(path, blob, size, modified));
    }
}
