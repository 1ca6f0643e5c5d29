package io.tidemark.json;

import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.util.Locale;

/** Writes {@code CONSISTENT_POINT} as {@code consistent-point}. */
final class EnumWords extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public String[] findEnumValues(MapperConfig<?> config, AnnotatedClass type, Enum<?>[] values, String[] names) {
        String[] words = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            words[i] = values[i].name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        return words;
    }
}
