package io.tidemark.deploy.demo;

import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.Scratch;
import java.io.UncheckedIOException;
import java.util.List;

/** Starts the demo. The last line begins with {@code demo: OK} or {@code demo: FAILED}; the exit code is 0 or 1, 2 for bad arguments. */
public final class Demo {

    private Demo() {}

    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "demo-logback.xml");
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        DemoOptions options;
        try {
            options = DemoOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + DemoOptions.USAGE);
            return 2;
        }
        if (options.help()) {
            System.out.print(DemoOptions.USAGE);
            return 0;
        }
        return tell(options);
    }

    private static int tell(DemoOptions options) {
        Screen screen = Screen.of(options.check());
        String outcome = "FAILED an unexpected error, see above";
        try (Scratch scratch = Scratch.create("demo")) {
            if (options.keep()) {
                scratch.keep();
                screen.note("everything stays in " + scratch.folder());
            }
            outcome = "OK " + new Story(screen, options, scratch).tell();
            return 0;
        } catch (KitException | UncheckedIOException e) {
            screen.line(String.valueOf(e.getMessage()));
            outcome = "FAILED "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return 1;
        } finally {
            screen.verdict(outcome.startsWith("OK"), "demo: " + outcome);
        }
    }
}
