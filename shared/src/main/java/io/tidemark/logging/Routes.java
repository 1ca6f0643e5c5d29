package io.tidemark.logging;

import java.util.List;

/** The routes that have a log of their own. */
public final class Routes {
    /** Of both nodes. */
    public static final List<String> ALL =
            List.of("complete", "partial", "push", "receipts", "link-check", "poll", "load", "post-process", "expire");

    private Routes() {}
}
