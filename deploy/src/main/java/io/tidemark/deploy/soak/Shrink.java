package io.tidemark.deploy.soak;

import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.Scratch;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Leaves out tables and one part after another of a soak that failed, as long as it goes on failing. Threads and processes never run
 * twice in quite the same way: that a run without a part is well does not prove that the failure needs it.
 */
final class Shrink {
    private final Consumer<String> log;

    Shrink(Consumer<String> log) {
        this.log = log;
    }

    /** @return the least that was seen to fail */
    SoakOptions least(SoakOptions failed) {
        SoakOptions least = withFewerTables(failed);
        for (Part part : Part.values()) {
            Set<Part> less = EnumSet.of(part);
            less.addAll(least.without());
            if (least.has(part) && fails(least.without(less))) {
                least = least.without(less);
            }
        }
        return least;
    }

    private SoakOptions withFewerTables(SoakOptions failed) {
        for (int tables = 1; tables < failed.tables(); tables *= 2) {
            if (fails(failed.withTables(tables))) {
                return failed.withTables(tables);
            }
        }
        return failed;
    }

    private boolean fails(SoakOptions options) {
        log.accept("once more with " + options.tables() + " tables, without " + Part.words(options.without()));
        try (Scratch scratch = Scratch.create("soak");
                Campaign campaign = Campaign.prepare(scratch, options, line -> {})) {
            campaign.run();
            log.accept("  is well");
            return false;
        } catch (KitException | UncheckedIOException failure) {
            log.accept("  fails: "
                    + String.valueOf(failure.getMessage()).lines().findFirst().orElse(""));
            return true;
        }
    }
}
