package io.tidemark.deploy.demo;

import io.tidemark.deploy.kit.Figures;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Where the demo tells its story: with colour and lines that move in a terminal, plainly elsewhere. */
final class Screen {
    private static final int LABEL = 28;
    private static final int COLUMN = 10;
    private static final int ROWS = 14;
    private static final long TICK_NANOS = 100_000_000;
    private static final String[] SPINNER = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final boolean terminal;
    private final boolean colour;

    private Screen(boolean terminal, boolean colour) {
        this.terminal = terminal;
        this.colour = colour;
    }

    /** @param plain nothing moves and nothing is coloured, even in a terminal */
    static Screen of(boolean plain) {
        boolean terminal = !plain && isTerminal() && !"dumb".equals(System.getenv("TERM"));
        return new Screen(
                terminal,
                terminal && System.getenv().getOrDefault("NO_COLOR", "").isEmpty());
    }

    /** Asked of the system: what Java calls a console means something else in each version. */
    private static boolean isTerminal() {
        try {
            Process test = new ProcessBuilder("test", "-t", "1").inheritIO().start();
            return test.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void title(String text) {
        out.println();
        out.println("  " + bold(text));
    }

    void heading(String text) {
        out.println();
        out.println("  " + paint("36;1", text));
    }

    void note(String text) {
        out.println("    " + paint("2", text));
    }

    /** A step that is done. */
    void done(String label, String text, Duration took) {
        out.println(
                "  " + paint("32", "✔") + " " + pad(label, LABEL) + text + paint("2", "  " + Figures.seconds(took)));
    }

    /** What a step of post-processing made of a value. */
    void became(String what, String count, String before, String after) {
        out.println("    " + pad(what, COLUMN) + paint("2", pad(count, ROWS)) + before + paint("36", "  →  ") + after);
    }

    /** A command that was run, and what it printed. */
    void printed(String command, String output) {
        out.println("  " + paint("2", "$ ") + bold(command));
        output.lines().forEach(line -> out.println("    " + line));
    }

    void failed(String label, List<String> lines) {
        out.println("  " + paint("31;1", "✘") + " " + label);
        lines.stream().limit(20).forEach(line -> out.println("      " + line));
    }

    void line(String text) {
        out.println(text);
    }

    void verdict(boolean good, String text) {
        out.println();
        out.println(paint(good ? "32;1" : "31;1", text));
    }

    /** The first row is the heading, the first column the labels. */
    void table(List<List<String>> rows) {
        out.println();
        for (int i = 0; i < rows.size(); i++) {
            StringBuilder line = new StringBuilder("    " + pad(rows.get(i).get(0), 24));
            for (String cell : rows.get(i).subList(1, rows.get(i).size())) {
                line.append(" ".repeat(Math.max(2, 18 - cell.length()))).append(cell);
            }
            out.println(i == 0 ? bold(line.toString()) : line.toString());
            if (i == 0) {
                out.println("    "
                        + paint("2", "─".repeat(24 + 18 * (rows.get(0).size() - 1))));
            }
        }
    }

    /** While it is open, a line in the terminal tells how far a step is. */
    Live live(String label, Supplier<String> amount) {
        return new Live(label, amount);
    }

    final class Live implements AutoCloseable {
        private final Thread thread;
        private final long began = System.nanoTime();
        private volatile boolean closed;

        private Live(String label, Supplier<String> amount) {
            thread = new Thread(() -> turn(label, amount), "demo-live");
            thread.setDaemon(true);
            if (terminal) {
                thread.start();
            }
        }

        private void turn(String label, Supplier<String> amount) {
            for (int i = 0; !closed; i++) {
                String text = pad(label, LABEL) + amount.get() + "  " + Figures.seconds(elapsed());
                if (!closed) {
                    out.print("\r\033[K  " + paint("33", SPINNER[i % SPINNER.length]) + " " + text);
                    out.flush();
                    LockSupport.parkNanos(TICK_NANOS);
                }
            }
        }

        Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - began);
        }

        @Override
        public void close() {
            end();
        }

        /** Clears the line. What tells the amount is left to its end, as it may be a program that runs. */
        void end() {
            if (!closed && terminal) {
                closed = true;
                LockSupport.unpark(thread);
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                out.print("\r\033[K");
                out.flush();
            }
            closed = true;
        }
    }

    private String bold(String text) {
        return paint("1", text);
    }

    private String paint(String code, String text) {
        return colour ? "\033[" + code + "m" + text + "\033[0m" : text;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
