package io.tidemark.deploy.demo;

import java.util.Iterator;
import java.util.List;

/** What the command line of {@code deploy/demo} asks for. */
record DemoOptions(boolean check, boolean keep, boolean help, double scale, int pictures) {
    static final String USAGE = """
            usage: deploy/demo [--check] [--keep] [--scale S] [--pictures N]

            Shows Tidemark's main job on two PostgreSQL servers and an SFTP server of its own:
            a database and a folder of pictures travel, change, and travel again.

              --check       no colour, nothing moves; the last line begins with demo: OK or demo: FAILED
              --keep        leave the folder with settings, bundles and archive to look at
              --scale S     size of the database; 1 is 1.7 million rows (default 0.1)
              --pictures N  number of report pictures (default 400)
            """;

    DemoOptions {
        if (scale < 0.01 || scale > 100) {
            throw new IllegalArgumentException("--scale must be between 0.01 and 100");
        }
        if (pictures < 10 || pictures > 800_000) {
            throw new IllegalArgumentException("--pictures must be between 10 and 800000");
        }
    }

    /** @throws IllegalArgumentException for what it does not know; its message names it */
    static DemoOptions parse(List<String> arguments) {
        boolean check = false;
        boolean keep = false;
        boolean help = false;
        double scale = 0.1;
        int pictures = 400;
        for (Iterator<String> words = arguments.iterator(); words.hasNext(); ) {
            String word = words.next();
            switch (word) {
                case "--check" -> check = true;
                case "--keep" -> keep = true;
                case "--help", "-h" -> help = true;
                case "--scale" -> scale = Double.parseDouble(value(word, words));
                case "--pictures" -> pictures = Integer.parseInt(value(word, words));
                default -> throw new IllegalArgumentException("unknown argument: " + word);
            }
        }
        return new DemoOptions(check, keep, help, scale, pictures);
    }

    private static String value(String word, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(word + " needs a value");
        }
        return words.next();
    }
}
