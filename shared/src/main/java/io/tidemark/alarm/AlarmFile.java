package io.tidemark.alarm;

import io.tidemark.file.DurableFiles;
import io.tidemark.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code <work.folder>/alarms.json}. Losing it costs that open incidents are told once more. */
final class AlarmFile {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmFile.class);

    private final Path file;
    private boolean failing;

    AlarmFile(Path workFolder) {
        this.file = workFolder.resolve("alarms.json");
    }

    AlarmState read() {
        if (!Files.exists(file)) {
            return AlarmState.EMPTY;
        }
        try {
            return StrictJson.read(Files.readAllBytes(file), AlarmState.class);
        } catch (IOException unreadable) {
            LOG.warn("{} is not understood, so that open alarms are told once more: {}", file, unreadable.getMessage());
            return AlarmState.EMPTY;
        }
    }

    /** A disk that is full must not keep the news from going out. */
    void write(AlarmState state) {
        try {
            DurableFiles.write(file, StrictJson.pretty(state));
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("cannot write {}: {}; a restart may tell open alarms once more", file, e.getMessage());
            }
            failing = true;
        }
    }
}
