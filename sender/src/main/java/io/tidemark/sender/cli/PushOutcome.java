package io.tidemark.sender.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.bundle.VolumeName;
import io.tidemark.cli.Console;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.sender.route.PushResult;
import io.tidemark.text.Human;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A push for people and scripts.
 *
 * @param waiting file names of what is still in the outbox
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PushOutcome(
        int volumes,
        long bytes,
        List<String> waiting,
        @Nullable Trouble trouble) {

    /** Why not everything was pushed. */
    record Trouble(FailureCode code, String message, String hint) {}

    static PushOutcome of(PushResult result) {
        return new PushOutcome(
                result.volumes(),
                result.bytes(),
                result.waiting().stream().map(VolumeName::fileName).toList(),
                result.failure()
                        .map(failure -> new Trouble(failure.code(), failure.text(), failure.hint()))
                        .orElse(null));
    }

    void print(Console console) {
        if (volumes > 0) {
            console.line("pushed " + Human.count(volumes, "volume") + ", " + Human.bytes(bytes));
        } else if (waiting.isEmpty()) {
            console.line("nothing waits in the outbox");
        }
        if (trouble != null) {
            console.aside(trouble.message);
            console.aside(
                    "hint: " + trouble.hint + (waiting.isEmpty() ? "" : "; " + waits() + ", the next push sends it"));
        }
    }

    private String waits() {
        return Human.count(waiting.size(), "volume") + (waiting.size() == 1 ? " waits" : " wait") + " in the outbox";
    }

    int exitCode() {
        return trouble == null ? 0 : trouble.code.exitCode();
    }

    /** For the log: who reads it later wants to know where it came from. */
    static void log(PushResult result, Logger log) {
        result.failure().ifPresent((TidemarkException failure) -> log.info("push: {}", failure.text(), failure));
    }
}
