package io.tidemark.deploy.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Property P4: volumes come late, after those behind them, or a second time. Only while no receiver looks at the inbox. */
final class Delivery {
    private static final String VOLUME = ".tar";
    private static final String PART = ".part";
    private static final int KEPT = 60;

    private final Path inbox;
    private final Path aside;
    private final Path copies;
    private final Random random;

    Delivery(Path inbox, Random random) {
        this.inbox = inbox;
        this.random = random;
        try {
            this.aside = Files.createDirectories(inbox.resolveSibling("aside"));
            this.copies = Files.createDirectories(inbox.resolveSibling("copies"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes one of what waits away, and brings one that came some time before. */
    void disturb() {
        try {
            any(volumes(copies)).ifPresent(this::again);
            List<Path> waiting = volumes(inbox);
            keep(waiting);
            Optional<Path> late = any(waiting);
            if (late.isPresent()) {
                Files.move(late.get(), aside.resolve(name(late.get())), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives back what was taken away. */
    void settle() {
        try {
            for (Path volume : volumes(aside)) {
                Files.move(volume, inbox.resolve(name(volume)), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(List<Path> waiting) throws IOException {
        for (Path volume : waiting) {
            Files.copy(volume, copies.resolve(name(volume)), StandardCopyOption.REPLACE_EXISTING);
        }
        List<Path> kept = volumes(copies);
        for (Path old : kept.subList(0, Math.max(0, kept.size() - KEPT))) {
            Files.delete(old);
        }
    }

    private void again(Path copy) {
        try {
            Path part = inbox.resolve(name(copy) + PART);
            Files.copy(copy, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, inbox.resolve(name(copy)), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Path> any(List<Path> volumes) {
        return volumes.isEmpty() ? Optional.empty() : Optional.of(volumes.get(random.nextInt(volumes.size())));
    }

    private static List<Path> volumes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> name(file).endsWith(VOLUME)).sorted().toList();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
