package io.tidemark.deploy.soak;

import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.Scratch;
import java.io.UncheckedIOException;
import java.util.List;

/** Starts a soak. The last line begins with {@code soak: OK} or {@code soak: FAILED}; the exit code is 0 or 1, 2 for bad arguments. */
public final class Soak {

    private Soak() {}

    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "demo-logback.xml");
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        SoakOptions options;
        try {
            options = SoakOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + SoakOptions.USAGE);
            return 2;
        }
        if (options.help()) {
            System.out.print(SoakOptions.USAGE);
            return 0;
        }
        return soak(options);
    }

    private static int soak(SoakOptions options) {
        System.out.println("seed " + options.seed());
        try (Scratch scratch = Scratch.create("soak")) {
            if (options.keep()) {
                scratch.keep();
                System.out.println("everything stays in " + scratch.folder());
            }
            try (Campaign campaign = Campaign.prepare(scratch, options, line -> System.out.println(line))) {
                System.out.println("soak: " + campaign.run());
                return 0;
            }
        } catch (KitException | UncheckedIOException e) {
            System.out.println(e.getMessage());
            String least = options.shrink() ? least(options) : "";
            System.out.println("soak: FAILED seed=" + options.seed() + least);
            return 1;
        }
    }

    private static String least(SoakOptions failed) {
        SoakOptions least = new Shrink(line -> System.out.println(line)).least(failed);
        return " tables=" + least.tables() + " without=" + Part.words(least.without());
    }
}
