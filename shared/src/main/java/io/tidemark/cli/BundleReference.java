package io.tidemark.cli;

import io.tidemark.bundle.BundleId;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** How a person names a bundle: by its whole name, by its sequence number, or as {@code latest}. */
public final class BundleReference {
    private static final String LATEST = "latest";

    private final String text;

    public BundleReference(String text) {
        this.text = text;
    }

    public boolean isLatest() {
        return text.equals(LATEST);
    }

    /** @throws TidemarkException (USAGE) where none or more than one is meant */
    public BundleId among(List<BundleId> bundles) {
        if (isLatest()) {
            return bundles.stream()
                    .max(Comparator.comparing(BundleId::created).thenComparing(BundleId::sequence))
                    .orElseThrow(() -> usage("there is no bundle yet", "see list"));
        }
        Optional<Long> sequence = sequence();
        Predicate<BundleId> meant = sequence.isPresent()
                ? bundle -> bundle.sequence() == sequence.get()
                : bundle -> bundle.name().equals(text);
        List<BundleId> found = bundles.stream().filter(meant).toList();
        if (found.isEmpty()) {
            throw usage(
                    "no bundle " + text + " is known",
                    "see list; a bundle is named by its name, its number, or latest");
        }
        if (found.size() > 1) {
            throw usage(
                    "number " + text + " is that of " + found.size() + " bundles", "give the whole name, as in list");
        }
        return found.get(0);
    }

    private Optional<Long> sequence() {
        return text.matches("\\d{1,10}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static TidemarkException usage(String what, String hint) {
        return new TidemarkException(FailureCode.USAGE, what, hint);
    }
}
