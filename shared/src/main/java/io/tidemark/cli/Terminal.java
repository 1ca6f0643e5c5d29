package io.tidemark.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What is known of the terminal behind standard error, where progress and messages go. */
public final class Terminal {
    private static final int DEFAULT_WIDTH = 80;

    private Terminal() {}

    /** Whether somebody watches. */
    public static boolean isWatched(Map<String, String> environment) {
        return isTerminal(2) && !"dumb".equals(environment.get("TERM"));
    }

    /** Whether colours are welcome on {@code descriptor}: 1 for standard output, 2 for standard error. */
    public static boolean isColoured(Map<String, String> environment, int descriptor) {
        String noColour = environment.get("NO_COLOR");
        return isTerminal(descriptor)
                && (noColour == null || noColour.isEmpty())
                && !"dumb".equals(environment.get("TERM"));
    }

    /** Java tells only of standard input and output together; Linux tells of each. */
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Columns of the controlling terminal; 80 where it does not tell. */
    public static int width() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream out = stty.getInputStream()) {
                String[] size = new String(out.readAllBytes(), StandardCharsets.US_ASCII)
                        .strip()
                        .split(" ", -1);
                boolean ended = stty.waitFor(1, TimeUnit.SECONDS);
                int width = ended && size.length == 2 ? Integer.parseInt(size[1]) : 0;
                return width > 0 ? width : DEFAULT_WIDTH;
            }
        } catch (IOException | NumberFormatException e) {
            return DEFAULT_WIDTH;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DEFAULT_WIDTH;
        }
    }
}
