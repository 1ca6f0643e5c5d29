package io.tidemark.settings;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All problems of one settings file; the cause of the failure that {@link SettingsReader#finish()} throws. */
public final class SettingsProblems extends Exception {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Problem> problems;

    private SettingsProblems(String message, List<Problem> problems) {
        super(message);
        this.problems = new ArrayList<>(problems);
    }

    static TidemarkException failure(Path file, List<Problem> problems) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        String list = problems.stream().map(problem -> "\n  " + problem.text()).collect(Collectors.joining());
        String message = "settings file " + file + " has " + count + list;
        return new TidemarkException(
                FailureCode.USAGE,
                message,
                "mend them all, then run check; the README explains every key",
                new SettingsProblems(message, problems));
    }

    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** The single problems, where that is what failed. */
    public static Optional<List<Problem>> of(TidemarkException failure) {
        return failure.getCause() instanceof SettingsProblems cause ? Optional.of(cause.problems()) : Optional.empty();
    }
}
