package io.tidemark.receiver.inbox;

import io.tidemark.failure.DamagedException;
import io.tidemark.transfer.Beat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What senders leave in the inbox to show that they live. Whoever may write there may lie with it, and gains nothing but our calm. */
public final class Beats {
    private static final Logger LOG = LoggerFactory.getLogger(Beats.class);

    private final Path folder;

    /** @param folder the inbox */
    public Beats(Path folder) {
        this.folder = folder;
    }

    /** The last of each source. */
    public List<Beat> read() throws IOException {
        List<Beat> beats = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = String.valueOf(file.getFileName());
                if (Beat.sourceOf(name).isPresent() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    add(file, beats);
                }
            }
        }
        return beats;
    }

    private static void add(Path file, List<Beat> beats) {
        try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            Beat beat = Beat.read(content.readNBytes(Beat.MAX_SIZE));
            if (beat.fileName().equals(String.valueOf(file.getFileName()))) {
                beats.add(beat);
            }
        } catch (DamagedException notUnderstood) {
            LOG.debug("{} is not understood: {}", file, notUnderstood.reason());
        } catch (IOException replaced) {
            LOG.debug("{} cannot be read: {}", file, replaced.getMessage());
        }
    }
}
