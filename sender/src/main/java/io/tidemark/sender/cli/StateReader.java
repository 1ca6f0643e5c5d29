package io.tidemark.sender.cli;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.SenderState;
import io.tidemark.sender.state.SentBundle;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the sender's memory without making one. */
final class StateReader {
    private StateReader() {}

    static List<SentBundle> bundles(SenderSettings settings) {
        return read(settings, SenderState::bundles).orElse(List.of());
    }

    /** Empty where there is no memory yet. */
    static <T> Optional<T> read(SenderSettings settings, Function<SenderState, T> question) {
        if (!Files.exists(settings.workFolder().resolve(SenderState.FILE))) {
            return Optional.empty();
        }
        if (!Files.isWritable(settings.workFolder())) {
            throw new TidemarkException(
                    FailureCode.FAILED,
                    "folder " + settings.workFolder() + " is not ours to read",
                    "run it as the user that runs the sender");
        }
        try (SenderState state = SenderState.open(settings.workFolder())) {
            return Optional.of(question.apply(state));
        }
    }
}
