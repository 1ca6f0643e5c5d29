package io.tidemark.cli;

import io.tidemark.json.StrictJson;
import io.tidemark.progress.Progress;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a command's words go: results to standard output, everything else to standard error. */
public final class Console implements AutoCloseable {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean watched;
    private final boolean coloured;
    private final Screen screen;
    private @Nullable ProgressDisplay display;

    /**
     * @param watched whether a person sees standard error
     * @param coloured whether standard output takes colours
     */
    Console(PrintStream out, PrintStream err, boolean watched, boolean coloured) {
        this.out = out;
        this.err = err;
        this.watched = watched;
        this.coloured = coloured;
        this.screen = new Screen(err);
    }

    /** In UTF-8, whatever the locale. */
    public static Console ofProcess(Map<String, String> environment) {
        return new Console(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                Terminal.isWatched(environment),
                Terminal.isColoured(environment, 1));
    }

    /** For tests: nobody watches, no colours. */
    public static Console of(PrintStream out, PrintStream err) {
        return new Console(out, err, false, false);
    }

    /** A line of the result. */
    public void line(String text) {
        out.println(text);
    }

    public void json(Object value) {
        byte[] text = StrictJson.pretty(value);
        out.write(text, 0, text.length);
        out.flush();
    }

    /** A line beside the result, above the live ones where there are some. */
    public void aside(String text) {
        screen.print(text);
    }

    public boolean isWatched() {
        return watched;
    }

    /** Live lines for whoever watches, else lines of the log. The same one at each call. */
    public Progress progress() {
        if (!watched) {
            return new ProgressLog();
        }
        if (display == null) {
            display = new ProgressDisplay(screen, Terminal::width);
        }
        return display;
    }

    public String paint(Colour colour, String text) {
        return coloured ? "\u001b[" + colour.code + "m" + text + "\u001b[0m" : text;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    @Override
    public void close() {
        if (display != null) {
            display.close();
        }
        out.flush();
        err.flush();
    }

    /** Colours that show on dark and on light ground. */
    public enum Colour {
        GREEN(32),
        YELLOW(33),
        RED(31),
        DIM(2);

        private final int code;

        Colour(int code) {
            this.code = code;
        }
    }
}
