package io.tidemark.sender.watermark;

import io.tidemark.change.Cell;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Rows of {@code COPY … TO STDOUT} in text form. */
final class CopyText {
    private CopyText() {}

    static List<Cell> cells(byte[] bytes, int offset, int length) {
        List<Cell> cells = new ArrayList<>();
        int from = offset;
        for (int at = offset; at <= offset + length; at++) {
            if (at == offset + length || bytes[at] == '\t') {
                cells.add(cell(bytes, from, at));
                from = at + 1;
            }
        }
        return cells;
    }

    private static Cell cell(byte[] bytes, int from, int to) {
        if (to - from == 2 && bytes[from] == '\\' && bytes[from + 1] == 'N') {
            return Cell.NULL;
        }
        int at = from;
        while (at < to && bytes[at] != '\\') {
            at++;
        }
        if (at == to) {
            return Cell.of(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream(to - from);
        plain.write(bytes, from, at - from);
        while (at < to) {
            byte each = bytes[at++];
            plain.write(each == '\\' ? escaped(bytes[at++]) : each);
        }
        return Cell.of(plain.toString(StandardCharsets.UTF_8));
    }

    /** The letters that PostgreSQL writes; anything else stands for itself. */
    private static int escaped(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            default -> letter;
        };
    }
}
