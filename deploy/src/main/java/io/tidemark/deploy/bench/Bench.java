package io.tidemark.deploy.bench;

import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.Scratch;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Starts a benchmark. Exit code 0 when it was measured, whatever the figures; 1 when it could not be, 2 for bad arguments. */
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "demo-logback.xml");
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        if (!arguments.isEmpty() && arguments.get(0).equals("partial")) {
            return partial(arguments.subList(1, arguments.size()));
        }
        if (!arguments.isEmpty() && arguments.get(0).equals("media")) {
            return media(arguments.subList(1, arguments.size()));
        }
        BenchOptions options;
        try {
            options = BenchOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + BenchOptions.USAGE);
            return 2;
        }
        if (options.help()) {
            System.out.print(BenchOptions.USAGE);
            return 0;
        }
        return measure(options);
    }

    private static int partial(List<String> arguments) {
        PartialOptions options;
        try {
            options = PartialOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            boolean help = arguments.contains("--help") || arguments.contains("-h");
            (help ? System.out : System.err)
                    .println(help ? PartialOptions.USAGE : e.getMessage() + "\n\n" + PartialOptions.USAGE);
            return help ? 0 : 2;
        }
        PrintStream log = options.json() ? System.err : System.out;
        try (Scratch scratch = Scratch.create("bench")) {
            if (options.keep()) {
                scratch.keep();
                log.println("everything stays in " + scratch.folder());
            }
            PartialFigures figures = PartialBench.run(options, scratch, log::println);
            System.out.println(options.json() ? figures.json() : figures.table());
            return 0;
        } catch (KitException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static int media(List<String> arguments) {
        int files;
        try {
            files = MediaBench.files(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + MediaBench.USAGE);
            return 2;
        }
        try (Scratch scratch = Scratch.create("bench")) {
            System.out.println(MediaBench.run(files, scratch, System.err::println));
            return 0;
        } catch (KitException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static int measure(BenchOptions options) {
        PrintStream log = options.json() ? System.err : System.out;
        Tools.provide(options);
        try (Scratch scratch = Scratch.create("bench")) {
            if (options.keep()) {
                scratch.keep();
                log.println("everything stays in " + scratch.folder());
            }
            log.println("making a database of scale " + options.scale());
            try (Ground ground = Ground.prepare(scratch, options.scale())) {
                Figured figured = new CompleteBench(options, ground, log::println).run();
                System.out.println(options.json() ? Report.json(figured) : Report.table(figured));
                return 0;
            }
        } catch (KitException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }
}
