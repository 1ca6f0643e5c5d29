package io.tidemark.bundle;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;

/** How Java reads and writes the names of files. */
public final class NameEncoding {
    private NameEncoding() {}

    /** In another encoding than UTF-8 some names could not be told apart and others not be written. */
    public static void requireUtf8() {
        String encoding = System.getProperty("sun.jnu.encoding", "");
        if (!encoding.equalsIgnoreCase("UTF-8")) {
            throw new TidemarkException(
                    FailureCode.USAGE,
                    "file names are read as " + encoding + " and not as UTF-8",
                    "start with LC_ALL=C.UTF-8 in the environment");
        }
    }
}
