package io.tidemark.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The log of a node: plain lines on standard error, and a file below the work folder that also takes what no person wants to see. */
public final class Logging {
    /** The bundle and the route that a line is about, where there are such. */
    private static final String DETAILED = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSX, UTC} %-5level "
            + "%replace([%X{camel.routeId}] ){'^\\[\\] $',''}%replace([%X{bundle}] ){'^\\[\\] $',''}%msg";

    private static final String PLAIN = "%level: %msg";
    private static final List<String> TALKATIVE =
            List.of("org.apache.camel", "org.apache.sshd", "com.jcraft", "org.postgresql", "ch.qos.logback");
    /** Their warnings are about what is thrown too. */
    private static final List<String> TELLS_TWICE = List.of("org.apache.camel.component.file");

    private static final FileSize FILE_SIZE = FileSize.valueOf("10MB");
    private static final int OLD_FILES = 4;

    private final Console console;
    private final LoggerContext context;
    private Optional<Path> file = Optional.empty();

    private Logging(Console console, LoggerContext context) {
        this.console = console;
        this.context = context;
    }

    /** Replaces whatever was configured: nothing but warnings, as plain lines. */
    public static Logging start(Console console) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Logging logging = new Logging(console, context);
        logging.console(Level.WARN, PLAIN + "%nopex%n");
        TALKATIVE.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
        // A stop does not wait for a volume that is under way: that one is pushed again.
        context.getLogger("org.apache.camel.impl.engine.DefaultShutdownStrategy")
                .setLevel(Level.ERROR);
        TELLS_TWICE.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        return logging;
    }

    /** For a service: everything that happens, each line with its time. */
    public void detailed(boolean stackTraces) {
        console(Level.INFO, DETAILED + (stackTraces ? "%n%ex{full}" : "%nopex%n"));
    }

    /** Also into {@code <workFolder>/log/<node>.log}, stack traces included. */
    public void toFile(Path workFolder, String node) {
        Path folder = workFolder.resolve("log");
        Path log = folder.resolve(node + ".log");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new TidemarkException(
                    FailureCode.USAGE,
                    "work.folder: cannot create " + folder + ": " + e.getMessage(),
                    "let the user that runs Tidemark write to the work folder",
                    e);
        }
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setName("file");
        appender.setContext(context);
        appender.setFile(log.toString());
        appender.setEncoder(encoder(DETAILED + "%n%ex{full}"));
        roll(appender, log);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        file = Optional.of(log);
    }

    /** Where stack traces are found. */
    public Optional<Path> file() {
        return file;
    }

    private void console(Level level, String pattern) {
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAppender(ConsoleAppender.NAME);
        ConsoleAppender appender = new ConsoleAppender(console, encoder(pattern));
        appender.setContext(context);
        ThresholdFilter threshold = new ThresholdFilter();
        threshold.setLevel(level.toString());
        threshold.start();
        appender.addFilter(threshold);
        appender.start();
        root.addAppender(appender);
        root.setLevel(Level.INFO);
    }

    private Encoder<ILoggingEvent> encoder(String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(pattern);
        encoder.start();
        return encoder;
    }

    private void roll(RollingFileAppender<ILoggingEvent> appender, Path log) {
        FixedWindowRollingPolicy names = new FixedWindowRollingPolicy();
        names.setContext(context);
        names.setParent(appender);
        names.setFileNamePattern(log + ".%i");
        names.setMinIndex(1);
        names.setMaxIndex(OLD_FILES);
        names.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(FILE_SIZE);
        size.start();
        appender.setRollingPolicy(names);
        appender.setTriggeringPolicy(size);
    }
}
