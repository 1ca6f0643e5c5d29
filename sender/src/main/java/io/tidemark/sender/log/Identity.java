package io.tidemark.sender.log;

/**
 * A table's replica identity: by what the log names its rows. A published table without a usable one makes the application's UPDATE fail.
 *
 * @param letter as {@code pg_class.relreplident}
 * @param permanent neither unlogged nor temporary
 * @param indexed whether the index that it needs is there and usable
 * @param computed whether a generated column is part of it
 * @param mine whether the role may do what the table's owner may
 * @param published whether the publication names the table
 */
public record Identity(
        char letter, boolean permanent, boolean indexed, boolean computed, boolean mine, boolean published) {

    /** Why the table cannot be published; empty where it can. */
    public String problem(boolean hasKey) {
        if (!permanent) {
            return "unlogged: its changes are in no log";
        }
        return switch (letter) {
            case 'd' -> indexed ? computedProblem() : "no usable primary key (a deferrable one is none)";
            case 'i' -> indexed ? computedProblem() : "the index of its replica identity is gone or not usable";
            case 'f' -> hasKey ? "" : "replica identity full, and no unique key over NOT NULL columns";
            default -> "replica identity nothing";
        };
    }

    private String computedProblem() {
        return computed ? "a generated column is part of its key" : "";
    }
}
