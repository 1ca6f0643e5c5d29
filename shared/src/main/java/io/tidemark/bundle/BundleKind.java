package io.tidemark.bundle;

import java.util.Locale;

/** A complete holds everything at one position; a partial holds what changed between two positions. */
public enum BundleKind {
    COMPLETE,
    PARTIAL;

    /** The word in file names and manifests. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static BundleKind ofWord(String word) {
        for (BundleKind kind : values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no bundle kind: " + word);
    }
}
