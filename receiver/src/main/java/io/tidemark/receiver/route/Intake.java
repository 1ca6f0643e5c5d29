package io.tidemark.receiver.route;

import io.tidemark.alarm.AlarmId;
import io.tidemark.alarm.Alarms;
import io.tidemark.alarm.Condition;
import io.tidemark.bundle.VolumeName;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.logging.LogScope;
import io.tidemark.progress.Progress;
import io.tidemark.receiver.inbox.Imported;
import io.tidemark.receiver.inbox.Inbox;
import io.tidemark.receiver.inbox.VolumeImporter;
import io.tidemark.text.Human;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The step that empties the inbox: every volume that has arrived is taken in or put into quarantine. */
final class Intake {
    static final String STAGE = "import";
    /** Something that is no bundle lay in the inbox; over when the next bundle is loaded. */
    static final AlarmId STRANGER = AlarmId.of(LoadAlarms.LOAD, Condition.QUARANTINE);

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Inbox inbox;
    private final VolumeImporter importer;
    private final Progress progress;
    private final Alarms alarms;

    Intake(Inbox inbox, VolumeImporter importer, Progress progress, Alarms alarms) {
        this.inbox = inbox;
        this.importer = importer;
        this.progress = progress;
        this.alarms = alarms;
    }

    /** Goes on until nothing new has arrived meanwhile. */
    List<Imported> takeAll() {
        return LogScope.inRoute(ReceiverCamel.POLL, this::takeUntilNoneIsLeft);
    }

    private List<Imported> takeUntilNoneIsLeft() {
        List<Imported> taken = new ArrayList<>();
        try {
            importer.refuseStrangers().forEach(this::stranger);
            for (List<VolumeName> volumes = inbox.volumes(); !volumes.isEmpty(); volumes = inbox.volumes()) {
                progress.begin(STAGE, volumes.size(), Progress.Unit.STEPS);
                for (VolumeName volume : volumes) {
                    taken.add(LogScope.aboutBundle(volume.bundle(), () -> take(volume)));
                    progress.advance(STAGE, 1);
                }
                progress.end(STAGE, Human.count(volumes.size(), "volume"));
            }
            return taken;
        } catch (IOException failure) {
            throw new TidemarkException(
                    Failures.code(failure),
                    "cannot take volumes in: " + failure.getMessage(),
                    Failures.hint(failure, "check inbox.folder, work.folder and archive.folder"),
                    failure);
        }
    }

    /** Of no source, as only a volume's name tells one. */
    private void stranger(String name) {
        LOG.warn("inbox: {} is no volume of a bundle; it lies in quarantine", name);
        alarms.raise(
                STRANGER,
                "inbox.folder: " + name + " is no volume of a bundle",
                "it lies in quarantine; who can write to the inbox, and why did they?");
    }

    private Imported take(VolumeName volume) throws IOException {
        Imported imported = importer.take(volume);
        if (imported.refused()) {
            LOG.error(
                    "bundle {}: volume {} is refused: {} (hint: it lies in quarantine with its reason; the sender sends what lacks with"
                            + " its next bundle)",
                    volume.bundle(),
                    volume,
                    imported.refusal());
        } else {
            LOG.info(
                    "bundle {}: took in {} ({} bytes, {} contents, {} of them new)",
                    volume.bundle(),
                    volume,
                    imported.bytes(),
                    imported.contents(),
                    imported.newContents());
        }
        return imported;
    }

    /** How failures of folders are told. */
    static final class Failures {
        private Failures() {}

        static FailureCode code(IOException failure) {
            return full(failure) ? FailureCode.DISK_FULL : FailureCode.FAILED;
        }

        static String hint(IOException failure, String otherwise) {
            return full(failure) ? "make room on the disk; it is tried again" : otherwise;
        }

        private static boolean full(IOException failure) {
            return String.valueOf(failure.getMessage()).contains("No space left");
        }
    }
}
