package io.tidemark.deploy.soak;

import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.Scratch;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Leaves out one part after another of a soak that failed, as long as it goes on failing. Threads and processes never run twice in quite the
 * same way: that a run without a part is well does not prove that the failure needs it.
 */
final class Shrink {
    private final Consumer<String> log;

    Shrink(Consumer<String> log) {
        this.log = log;
    }

    /** @return what can be left out */
    Set<Part> without(SoakOptions failed) {
        Set<Part> without = EnumSet.noneOf(Part.class);
        without.addAll(failed.without());
        for (Part part : Part.values()) {
            Set<Part> less = EnumSet.copyOf(without.isEmpty() ? EnumSet.of(part) : without);
            less.add(part);
            if (!without.contains(part) && fails(failed.without(less))) {
                without.add(part);
            }
        }
        return without;
    }

    private boolean fails(SoakOptions options) {
        log.accept("once more without " + Part.words(options.without()));
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
