package io.tidemark.logging;

import java.util.List;

/** The routes that have a log of their own. */
public final class Routes {
    /** Of both nodes. */
    public static final List<String> ALL =
            List.of("complete", "partial", "push", "receipts", "link-check", "poll", "load", "post-process", "expire");

    private static final List<String> OF_THE_SENDER = ALL.subList(0, 5);

    private Routes() {}

    /** @param node sender or receiver */
    public static List<String> of(String node) {
        return ALL.stream()
                .filter(route -> OF_THE_SENDER.contains(route) == node.equals("sender"))
                .toList();
    }
}
