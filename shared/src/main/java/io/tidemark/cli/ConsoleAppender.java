package io.tidemark.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.charset.StandardCharsets;

/** Puts lines of the log above the live lines of progress. */
final class ConsoleAppender extends AppenderBase<ILoggingEvent> {
    static final String NAME = "console";

    private final Console console;
    private final Encoder<ILoggingEvent> encoder;

    ConsoleAppender(Console console, Encoder<ILoggingEvent> encoder) {
        this.console = console;
        this.encoder = encoder;
        setName(NAME);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!event.getLoggerName().equals(FailureReport.class.getName())) {
            console.aside(new String(encoder.encode(event), StandardCharsets.UTF_8).stripTrailing());
        }
    }
}
