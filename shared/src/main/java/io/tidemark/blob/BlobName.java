package io.tidemark.blob;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a blob lies below a folder of blobs: {@code <first two>/<sha256>}, with {@code .zst} where it is stored as one zstd frame.
 */
public record BlobName(BlobId id, boolean compressed) {
    private static final String SUFFIX = ".zst";
    private static final Pattern PATH = Pattern.compile("([0-9a-f]{2})/(\\1[0-9a-f]{62})(\\.zst)?");

    public String path() {
        return id.hex().substring(0, 2) + "/" + fileName();
    }

    public String fileName() {
        return id.hex() + (compressed ? SUFFIX : "");
    }

    /** Empty where the text is not exactly one that {@link #path()} writes. */
    public static Optional<BlobName> parse(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches()
                ? Optional.of(new BlobName(new BlobId(matcher.group(2)), matcher.group(3) != null))
                : Optional.empty();
    }
}
