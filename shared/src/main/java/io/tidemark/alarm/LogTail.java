package io.tidemark.alarm;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a log. */
record LogTail(Path log, List<String> lines) {
    private static final int LINES = 20;
    private static final int BYTES = 8 << 10;

    LogTail {
        lines = List.copyOf(lines);
    }

    /** None where there is no such log, or it cannot be read. */
    static LogTail of(Path log) {
        return new LogTail(log, linesOf(log));
    }

    private static List<String> linesOf(Path log) {
        if (!Files.isRegularFile(log)) {
            return List.of();
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(0, file.length() - BYTES);
            file.seek(start);
            byte[] end = new byte[(int) (file.length() - start)];
            file.readFully(end);
            List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
            List<String> whole = start == 0 || lines.isEmpty() ? lines : lines.subList(1, lines.size());
            return whole.subList(Math.max(0, whole.size() - LINES), whole.size());
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
