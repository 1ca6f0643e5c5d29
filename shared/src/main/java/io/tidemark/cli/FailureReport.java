package io.tidemark.cli;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a person what failed and what to do, a script the exit code, and the log everything. */
final class FailureReport {
    private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

    private final Console console;
    private final boolean json;
    private final boolean debug;
    private final Optional<Path> logFile;

    FailureReport(Console console, boolean json, boolean debug, Optional<Path> logFile) {
        this.console = console;
        this.json = json;
        this.debug = debug;
        this.logFile = logFile;
    }

    /** @return the exit code */
    int print(Throwable failure) {
        LOG.error("{}", failure.getMessage(), failure);
        return StopHook.isStopping()
                ? print(FailureCode.FAILED, "stopped", "start it again; what was under way is done again", failure)
                : tell(failure);
    }

    private int tell(Throwable failure) {
        if (failure instanceof TidemarkException known) {
            return print(known.code(), known.text(), known.hint(), failure);
        }
        if (failure instanceof IOException files) {
            return tell(FileFailures.of(files));
        }
        if (failure instanceof UncheckedIOException files && files.getCause() != null) {
            return tell(FileFailures.of(files.getCause()));
        }
        String where =
                logFile.map(file -> "the log tells more: " + file).orElse("run it again with --debug to see where");
        return print(FailureCode.FAILED, "unexpected: " + failure, where, failure);
    }

    private int print(FailureCode code, String message, String hint, Throwable failure) {
        if (json) {
            console.json(new Answer(new Failed(code, code.exitCode(), code.retryable(), message, hint)));
        }
        console.aside(message);
        console.aside("hint: " + hint);
        if (debug) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace, true));
            console.aside(trace.toString().stripTrailing());
        }
        return code.exitCode();
    }

    /** What {@code --json} prints instead of a result. */
    record Answer(Failed failure) {}

    /** A failure for scripts. */
    record Failed(FailureCode code, int exit, boolean retryable, String message, String hint) {}
}
