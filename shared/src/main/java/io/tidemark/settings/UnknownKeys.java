package io.tidemark.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds keys that mean nothing, which are mostly misspelt ones. */
final class UnknownKeys {
    private final RawSettings raw;
    private final Set<String> known;

    UnknownKeys(RawSettings raw, Set<String> known) {
        this.raw = raw;
        this.known = known;
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (String key : raw.keysInFile()) {
            if (!known.contains(key)) {
                Optional<String> near = nearest(key, known, Math.max(2, key.length() / 3));
                problems.add(new Problem(
                        key,
                        "is not a known setting",
                        near.map(name -> "did you mean " + name + "?").orElse("remove it")));
            }
        }
        raw.repeated()
                .forEach(key -> problems.add(new Problem(key, "is given more than once", "keep one of the lines")));
        misspeltVariables(problems);
        return problems;
    }

    /** Other programs may own variables with our prefix, so only one that nearly is a known name is taken for a slip. */
    private void misspeltVariables(List<Problem> problems) {
        List<String> names = known.stream().map(RawSettings::variable).toList();
        for (String variable : raw.variables()) {
            if (!names.contains(variable)) {
                nearest(variable, names, 2)
                        .ifPresent(name -> problems.add(new Problem(
                                variable, "is not a known variable, but nearly one", "did you mean " + name + "?")));
            }
        }
    }

    private static Optional<String> nearest(String word, Collection<String> words, int atMost) {
        return words.stream()
                .filter(other -> distance(word, other) <= atMost)
                .min(Comparator.comparingInt(other -> distance(word, other)));
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
