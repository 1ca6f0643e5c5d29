package io.tidemark.text;

import java.nio.charset.StandardCharsets;

/** Text that can be written anywhere. */
public final class PlainText {
    private PlainText() {}

    /** Without NUL and without halves of surrogate pairs, which names of files may smuggle in. */
    public static String of(String text) {
        return new String(text.replace('\0', '?').getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
