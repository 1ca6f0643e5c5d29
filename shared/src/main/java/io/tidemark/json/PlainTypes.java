package io.tidemark.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** Text that is text, and instants as {@code 2025-01-31T03:30:00Z}. */
final class PlainTypes extends SimpleModule {
    private static final long serialVersionUID = 1L;

    PlainTypes() {
        super("plain-types");
        addDeserializer(String.class, new TextReader());
        addSerializer(Instant.class, new InstantWriter());
        addDeserializer(Instant.class, new InstantReader());
    }

    /** Refuses numbers as text, NUL, which no name has, and halves of surrogate pairs, which cannot be written again. */
    private static final class TextReader extends StdScalarDeserializer<String> {
        private static final long serialVersionUID = 1L;

        TextReader() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (String) context.handleUnexpectedToken(String.class, parser);
            }
            String text = parser.getText();
            int at = firstBad(text);
            if (at >= 0) {
                throw context.weirdStringException("…", String.class, "character " + at + " is not text");
            }
            return text;
        }

        private static int firstBad(String text) {
            for (int i = 0; i < text.length(); i++) {
                char unit = text.charAt(i);
                if (Character.isHighSurrogate(unit)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else if (unit == 0 || Character.isSurrogate(unit)) {
                    return i;
                }
            }
            return -1;
        }
    }

    private static final class InstantWriter extends StdScalarSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toString());
        }
    }

    private static final class InstantReader extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = context.readValue(parser, String.class);
            try {
                Instant instant = Instant.parse(text);
                if (instant.toString().equals(text)) {
                    return instant;
                }
            } catch (DateTimeException notATime) {
                // Falls through: the message is the same.
            }
            return (Instant)
                    context.handleWeirdStringValue(Instant.class, text, "not an instant as ISO-8601 writes it in UTC");
        }
    }
}
