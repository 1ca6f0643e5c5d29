package io.tidemark.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.logging.Levels;
import io.tidemark.logging.LogFiles;
import io.tidemark.logging.LogSettings;
import io.tidemark.logging.Masking;
import io.tidemark.logging.MaskingEncoder;
import io.tidemark.logging.Routes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The log of a node: plain lines on standard error, and a file below the work folder that also takes what no person wants to see. */
public final class Logging {
    private static final String PLAIN = "%level: %msg";
    private static final List<String> TALKATIVE =
            List.of("org.apache.camel", "org.apache.sshd", "com.jcraft", "org.postgresql", "ch.qos.logback");
    /** Their warnings are about what is thrown too. */
    private static final List<String> TELLS_TWICE = List.of("org.apache.camel.component.file");

    private final Console console;
    private final LoggerContext context;
    private Optional<Path> file = Optional.empty();
    private volatile Masking masking = new Masking(List.of());

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
        console(Level.INFO, LogFiles.DETAILED + (stackTraces ? "%n%ex{full}" : "%nopex%n"));
    }

    /**
     * Also into {@code <workFolder>/log/<node>.log} and a file of its own per route, stack traces included.
     *
     * @param secrets texts that are masked wherever they turn up
     */
    public void toFile(Path workFolder, String node, LogSettings settings, List<String> secrets) {
        Path folder = workFolder.resolve("log");
        try {
            Files.createDirectories(folder);
            for (String route : Routes.of(node)) {
                touch(folder.resolve(route + ".log"));
            }
        } catch (IOException e) {
            throw new TidemarkException(
                    FailureCode.USAGE,
                    "work.folder: cannot create " + folder + ": " + e.getMessage(),
                    "let the user that runs Tidemark write to the work folder",
                    e);
        }
        masking = new Masking(secrets);
        LogFiles files = new LogFiles(context, settings, masking);
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(files.of(folder.resolve(node + ".log")));
        root.addAppender(files.perRoute(folder));
        Levels.set(context, settings);
        file = Optional.of(folder.resolve(node + ".log"));
    }

    /** Whoever wants to follow a log finds it, also before its first line. */
    private static void touch(Path log) throws IOException {
        if (!Files.exists(log)) {
            Files.write(log, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
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
        return new MaskingEncoder(LogFiles.lines(context, pattern), () -> masking);
    }
}
