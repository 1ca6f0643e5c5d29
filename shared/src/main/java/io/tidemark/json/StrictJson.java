package io.tidemark.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemark.failure.DamagedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Records to JSON and back. Unknown, repeated and missing properties, coerced types, bytes after the document, deep nesting and text that
 * is not Unicode are refused. Enums are written as words ({@code BY_DEFAULT} is {@code by-default}), instants in ISO-8601.
 */
public final class StrictJson {
    /** The longest document, in bytes. */
    public static final int MAX_DOCUMENT = 64 << 20;

    private static final int MAX_NESTING = 16;
    private static final int MAX_STRING = 1 << 20;
    private static final int MAX_NUMBER = 40;

    private static final ObjectMapper MAPPER = JsonMapper.builder(factory())
            .addModule(new PlainTypes())
            .annotationIntrospector(new EnumWords())
            .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();
    private static final ObjectWriter PRETTY = MAPPER.writer(indented());
    private static final ObjectWriter LINES = MAPPER.writer()
            .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
            .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .without(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM)
            .withRootValueSeparator("\n");

    private StrictJson() {}

    private static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING)
                        .maxStringLength(MAX_STRING)
                        .maxNumberLength(MAX_NUMBER)
                        .maxDocumentLength(MAX_DOCUMENT)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    /** Line feeds on every system, so that the same value always gives the same bytes. */
    private static DefaultPrettyPrinter indented() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                        .withArrayEmptySeparator(""))
                .withObjectIndenter(lines)
                .withArrayIndenter(lines);
    }

    /** One property a line, with a line feed at the end; equal values give equal bytes. */
    public static byte[] pretty(Object value) {
        try {
            return (PRETTY.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException programmingError) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), programmingError);
        }
    }

    /** For values one to a line, none at the end; the target stays open and is not flushed after each. */
    public static ObjectWriter lineWriter(Class<?> type) {
        return LINES.forType(type);
    }

    public static <T> T read(byte[] json, Class<T> type) throws DamagedException {
        if (json.length > MAX_DOCUMENT) {
            throw new DamagedException("JSON of " + json.length + " bytes, more than " + MAX_DOCUMENT);
        }
        // Through a reader and not a string: a large document is never in memory a second and third time.
        Reader text = new InputStreamReader(new ByteArrayInputStream(json), decoder());
        return parse(() -> MAPPER.readerFor(type).readValue(text));
    }

    /** A reader to be used again and again with {@link #read(ByteBuffer, ObjectReader, Class)}. */
    public static ObjectReader readerFor(Class<?> type) {
        return MAPPER.readerFor(type);
    }

    /** Reads a short document. */
    public static <T> T read(ByteBuffer json, ObjectReader reader, Class<T> type) throws DamagedException {
        return parse(() -> type.cast(reader.readValue(decoder().decode(json).toString())));
    }

    /** Refuses what is not UTF-8, encoded surrogates included; Jackson's own decoder would let some of it pass. */
    private static CharsetDecoder decoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static <T> T parse(Parse<T> parse) throws DamagedException {
        try {
            T value = parse.run();
            if (value == null) {
                throw new DamagedException("JSON null where a value has to stand");
            }
            return value;
        } catch (CharacterCodingException notUtf8) {
            throw new DamagedException("JSON is not UTF-8", notUtf8);
        } catch (JsonProcessingException malformed) {
            throw new DamagedException("JSON is not as specified: " + malformed.getOriginalMessage(), malformed);
        } catch (DamagedException damaged) {
            throw damaged;
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory cannot be read", impossible);
        }
    }

    /** Jackson at work on bytes in memory. */
    private interface Parse<T> {
        @Nullable
        T run() throws IOException;
    }
}
