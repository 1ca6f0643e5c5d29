package io.tidemark.deploy.bench;

import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.position.Lsn;
import io.tidemark.sender.media.MediaLook;
import io.tidemark.sender.media.MediaScan;
import io.tidemark.sender.settings.MediaSettings;
import io.tidemark.sender.state.SenderState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What it costs a partial to see that nothing changed in a large media folder. */
final class MediaBench {
    static final String USAGE = """
            usage: deploy/bench media [--files N]

            Measures a partial's look at a media folder in which nothing changed: no file is read.

              --files N  how many files, a thousand to a folder (default 100000)
            """;
    private static final int LOOKS = 15;
    private static final int PER_FOLDER = 1000;
    private static final Instant OLD = Instant.parse("2024-01-01T00:00:00Z");

    private MediaBench() {}

    /** @throws IllegalArgumentException for what it does not know */
    static int files(List<String> arguments) {
        if (arguments.isEmpty()) {
            return 100_000;
        }
        if (arguments.size() != 2 || !arguments.get(0).equals("--files")) {
            throw new IllegalArgumentException("unknown argument: " + arguments.get(0));
        }
        return Integer.parseInt(arguments.get(1));
    }

    /** The figures, as a line for people. */
    static String run(int files, Scratch scratch, Consumer<String> log) {
        try {
            Path media = scratch.subfolder("media");
            log.accept("writing " + files + " files");
            write(files, media);
            MediaSettings settings = MediaSettings.of(media);
            try (SenderState state = SenderState.open(scratch.subfolder("work"))) {
                state.mediaChain().begin(new Lsn(1));
                new MediaScan(settings, scratch.subfolder("scan"), state, true).run();
                state.mediaChain().based();
                MediaLook look = new MediaLook(settings, scratch.subfolder("look"), state, Clock.systemUTC());
                List<Double> seconds = new ArrayList<>();
                for (int i = 0; i < LOOKS; i++) {
                    long from = System.nanoTime();
                    if (look.differs()) {
                        throw new KitException("a look saw changes where there are none");
                    }
                    seconds.add((System.nanoTime() - from) / 1e9);
                }
                double first = seconds.get(0);
                Collections.sort(seconds);
                return String.format(
                        Locale.ROOT,
                        "a look at %d files: %.2f s (median of %d), the first %.2f s, the slowest %.2f s",
                        files,
                        seconds.get(LOOKS / 2),
                        LOOKS,
                        first,
                        seconds.get(LOOKS - 1));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void write(int files, Path media) throws IOException {
        for (int i = 0; i < files; i++) {
            Path folder = media.resolve("folder " + i / PER_FOLDER);
            if (i % PER_FOLDER == 0) {
                Files.createDirectories(folder);
            }
            Path file = Files.writeString(folder.resolve("picture-" + i + ".jpeg"), "picture " + i);
            Files.setLastModifiedTime(file, FileTime.from(OLD));
        }
    }
}
