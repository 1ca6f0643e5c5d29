package io.tidemark.sender.log;

import java.util.Optional;

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

    /** Why a table cannot be published, and what its owner can do. */
    enum Problem {
        UNLOGGED("unlogged: its changes are in no log", "ALTER TABLE … SET LOGGED has it in partials"),
        NO_KEY(
                "no usable primary key (a deferrable one is none)",
                "a primary key, or ALTER TABLE … REPLICA IDENTITY USING INDEX with a unique one over NOT NULL columns, has it in partials"),
        NO_INDEX(
                "the index of its replica identity is gone or not usable",
                "ALTER TABLE … REPLICA IDENTITY DEFAULT, or USING INDEX with another index, has it in partials"),
        FULL("replica identity full, and no unique key over NOT NULL columns", "a primary key has it in partials"),
        NOTHING("replica identity nothing", "ALTER TABLE … REPLICA IDENTITY DEFAULT has it in partials"),
        COMPUTED("a generated column is part of its key", "a key without generated columns has it in partials");

        private final String text;
        private final String remedy;

        Problem(String text, String remedy) {
            this.text = text;
            this.remedy = remedy;
        }

        String text() {
            return text;
        }

        String remedy() {
            return remedy;
        }
    }

    /** Empty where it can be published. */
    Optional<Problem> problem(boolean hasKey) {
        if (!permanent) {
            return Optional.of(Problem.UNLOGGED);
        }
        return switch (letter) {
            case 'd' -> indexed ? computedProblem() : Optional.of(Problem.NO_KEY);
            case 'i' -> indexed ? computedProblem() : Optional.of(Problem.NO_INDEX);
            case 'f' -> hasKey ? Optional.empty() : Optional.of(Problem.FULL);
            default -> Optional.of(Problem.NOTHING);
        };
    }

    private Optional<Problem> computedProblem() {
        return computed ? Optional.of(Problem.COMPUTED) : Optional.empty();
    }
}
