package io.tidemark.deploy.soak;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a soak is made of and can be left out, to find out what a failure needs. In the order in which that is tried. */
enum Part {
    /** Changes of tables' definitions. */
    DEFINITIONS,
    /** Transactions that are prepared and committed later. */
    PREPARED,
    TRUNCATES,
    /** Updates of keys. */
    MOVES,
    /** The slot is dropped, or moved on by hand. */
    SLOT,
    /** Completes beside those that the service makes. */
    COMPLETES,
    /** Volumes come late or a second time. */
    DELIVERY,
    /** Somebody holds a table for himself, on the primary or on the replica. */
    HOLDS,
    /** Nodes are killed. */
    KILLS,
    /** Nodes are asked to end. */
    STOPS,
    /** The link is cut. */
    CUTS,
    /** Sessions in the databases are ended. */
    SESSIONS,
    /** All writers but one. */
    WRITERS,
    /** The table without a key, which travels with completes alone. */
    KEYLESS,
    /** The partitions of a partitioned table. */
    PARTITIONS,
    /** Foreign keys. */
    REFERENCES;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a word that is none of them */
    static Set<Part> parse(String words) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String word : words.split(",", -1)) {
            parts.add(Arrays.stream(values())
                    .filter(part -> part.word().equals(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("--without knows " + all() + ", not " + word)));
        }
        return parts;
    }

    private static String all() {
        return words(EnumSet.allOf(Part.class));
    }

    static String words(Set<Part> parts) {
        return parts.stream().map(Part::word).collect(Collectors.joining(","));
    }
}
