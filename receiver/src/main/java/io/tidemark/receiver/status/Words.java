package io.tidemark.receiver.status;

import java.util.Locale;

/** Enums as people and scripts read them. */
final class Words {
    private Words() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
