package io.tidemark.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.sift.SiftingAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Log files that are replaced each day and when they are large, and removed after some days. */
public final class LogFiles {
    /** The route and the bundle that a line is about, where there are such. */
    public static final String DETAILED = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSX, UTC} %-5level "
            + "%replace([%route] ){'^\\[\\] $',''}%replace([%X{bundle}] ){'^\\[\\] $',''}%msg";

    /** Of all files of one log together. */
    private static final int FILES = 20;

    private final LoggerContext context;
    private final LogSettings settings;
    private final Masking masking;

    public LogFiles(LoggerContext context, LogSettings settings, Masking masking) {
        this.context = context;
        this.settings = settings;
        this.masking = masking;
    }

    /** The one for all lines. */
    public Appender<ILoggingEvent> of(Path log) {
        String path = log.toString();
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setName(path);
        appender.setContext(context);
        appender.setFile(path);
        appender.setEncoder(new MaskingEncoder(encoder(), () -> masking));
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> rolling = new SizeAndTimeBasedRollingPolicy<>();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(path.replaceFirst("\\.log$", ".%d{yyyy-MM-dd, UTC}.%i.log"));
        rolling.setMaxFileSize(new FileSize(settings.maxSize()));
        rolling.setMaxHistory(settings.keepDays());
        rolling.setTotalSizeCap(new FileSize(settings.maxSize() * FILES));
        rolling.setCleanHistoryOnStart(true);
        rolling.start();
        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(rolling);
        appender.start();
        return appender;
    }

    /** One for each route, made when its first line comes. */
    public Appender<ILoggingEvent> perRoute(Path folder) {
        SiftingAppender sifting = new SiftingAppender();
        sifting.setName("routes");
        sifting.setContext(context);
        RouteOfLine route = new RouteOfLine();
        route.start();
        sifting.setDiscriminator(route);
        sifting.setAppenderFactory((any, name) -> of(folder.resolve(name + ".log")));
        sifting.addFilter(new Filter<>() {
            @Override
            public FilterReply decide(ILoggingEvent event) {
                return Routes.ALL.contains(RouteOfLine.of(event)) ? FilterReply.NEUTRAL : FilterReply.DENY;
            }
        });
        sifting.start();
        return sifting;
    }

    private Encoder<ILoggingEvent> encoder() {
        if (settings.format() == LogSettings.Format.TEXT) {
            return lines(context, DETAILED + "%n%ex{full}");
        }
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithContext(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithArguments(false);
        encoder.setWithMessage(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        return encoder;
    }

    /** Lines of text, in UTF-8. */
    public static Encoder<ILoggingEvent> lines(LoggerContext context, String pattern) {
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.getInstanceConverterMap().put("route", RouteWord::new);
        layout.setPattern(pattern);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        return encoder;
    }
}
