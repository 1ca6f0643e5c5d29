package io.tidemark.receipt;

import io.tidemark.bundle.BundleId;
import java.util.Optional;

/** The files of a receipts folder. Each is replaced by rename; {@code .part} files are ignored. */
public final class ReceiptFiles {
    private static final String SUFFIX = ".json";
    private static final String STORE = ".store" + SUFFIX;

    private ReceiptFiles() {}

    /** The content of {@code <source>.store.json}: the identity of the blob store as it is now. */
    public record Store(String store) {}

    public static String receipt(BundleId bundle) {
        return bundle.name() + SUFFIX;
    }

    public static String store(String source) {
        return source + STORE;
    }

    /** The bundle whose receipt a file is; empty where it is none. */
    public static Optional<BundleId> bundleOf(String fileName) {
        return fileName.endsWith(SUFFIX)
                ? BundleId.parse(fileName.substring(0, fileName.length() - SUFFIX.length()))
                : Optional.empty();
    }
}
