package io.tidemark.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Masks whatever another encoder writes, stack traces included. */
public final class MaskingEncoder extends EncoderBase<ILoggingEvent> {
    private final Encoder<ILoggingEvent> lines;
    private final Supplier<Masking> masking;

    /** @param lines writes UTF-8 */
    public MaskingEncoder(Encoder<ILoggingEvent> lines, Supplier<Masking> masking) {
        this.lines = lines;
        this.masking = masking;
        start();
    }

    @Override
    public byte @Nullable [] headerBytes() {
        return lines.headerBytes();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String text = new String(lines.encode(event), StandardCharsets.UTF_8);
        return masking.get().mask(text).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte @Nullable [] footerBytes() {
        return lines.footerBytes();
    }
}
