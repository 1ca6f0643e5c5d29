package io.tidemark.cli;

import java.io.PrintStream;
import java.util.List;

/** The lower end of a terminal: lines that stay, and below them live lines that are painted anew. */
final class Screen {
    private static final String UP = "\u001b[%dA";
    private static final String CLEAR_BELOW = "\r\u001b[J";

    private final PrintStream out;
    private List<String> live = List.of();

    Screen(PrintStream out) {
        this.out = out;
    }

    synchronized void paint(List<String> lines) {
        write(List.of(), lines);
    }

    /** Puts a line that stays above the live ones. */
    synchronized void print(String line) {
        write(List.of(line), live);
    }

    /** Puts a line that stays, and at the same time takes the live ones away that it replaces. */
    synchronized void print(String line, List<String> lines) {
        write(List.of(line), lines);
    }

    private void write(List<String> staying, List<String> lines) {
        if (staying.isEmpty() && lines.equals(live)) {
            return;
        }
        StringBuilder frame = new StringBuilder();
        if (!live.isEmpty()) {
            frame.append(UP.formatted(live.size())).append(CLEAR_BELOW);
        }
        staying.forEach(line -> frame.append(line).append('\n'));
        lines.forEach(line -> frame.append(line).append('\n'));
        live = List.copyOf(lines);
        out.print(frame);
        out.flush();
    }
}
