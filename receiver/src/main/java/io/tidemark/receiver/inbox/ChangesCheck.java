package io.tidemark.receiver.inbox;

import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.Manifest.Changes;
import io.tidemark.failure.DamagedException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds a partial's entries, and where asked to every line of them, to its manifest. */
public final class ChangesCheck {
    private final BundleFolder bundle;
    private final Problems problems;
    private final List<Changes> changes;

    /** @param bundle a partial */
    public ChangesCheck(BundleFolder bundle, Problems problems) {
        this.bundle = bundle;
        this.problems = problems;
        this.changes = Objects.requireNonNull(bundle.manifest().partial()).changes();
    }

    /** A partial has its change files, its list of media where it says something of them, and nothing else. */
    public void entries() throws DamagedException {
        Set<String> wanted = changes.stream().map(Changes::entry).collect(Collectors.toSet());
        for (Manifest.Entry entry : bundle.manifest().entries()) {
            if (!wanted.contains(entry.name()) && !entry.name().equals(EntryName.MEDIA)) {
                problems.add("entry " + entry.name() + " does not belong into a partial");
            }
        }
    }

    /** Reads every change file to its end. */
    public void lines() throws IOException {
        for (Changes listed : changes) {
            try (ChangeFile file = ChangeFile.open(bundle.path(), listed)) {
                file.readAll();
            } catch (DamagedException damaged) {
                problems.add(damaged.reason());
            }
        }
    }
}
