package io.tidemark.receiver.check;

import io.tidemark.check.Finding;
import io.tidemark.check.FolderCheck;
import io.tidemark.receiver.load.TargetCheck;
import io.tidemark.receiver.retention.ArchiveRoom;
import io.tidemark.receiver.settings.MediaPlace;
import io.tidemark.receiver.settings.ReceiverSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tries everything that the receiver needs, and leaves no trace but its own folders. */
public final class ReceiverCheck {
    /** Less than this is a problem whatever the database's size. */
    private static final long LEAST_ROOM = 1L << 30;

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

    private final ReceiverSettings settings;
    private final List<Finding> findings = new ArrayList<>();

    public ReceiverCheck(ReceiverSettings settings) {
        this.settings = settings;
    }

    public List<Finding> findings() {
        findings.addAll(new TargetCheck(settings.database().database(LOCK_TIMEOUT)).findings());
        findings.add(FolderCheck.writable("inbox.folder", settings.inboxFolder()));
        findings.add(FolderCheck.own("work.folder", settings.workFolder()));
        findings.add(FolderCheck.own("archive.folder", settings.archiveFolder()));
        findings.add(FolderCheck.own("quarantine.folder", settings.quarantineFolder()));
        FolderCheck.room("archive.folder", settings.archiveFolder(), LEAST_ROOM, "1 GB")
                .ifPresent(findings::add);
        forecast();
        settings.receiptsFolder()
                .ifPresentOrElse(
                        folder -> findings.add(FolderCheck.writable("receipts.folder", folder)),
                        () -> findings.add(Finding.note(
                                "receipts.folder",
                                "is not set: the sender never learns what was loaded, and sends everything with each complete",
                                "name a folder that the sender can read over SFTP")));
        media();
        moves();
        return findings;
    }

    private void forecast() {
        try {
            ArchiveRoom.forecast(settings.archiveFolder(), settings.lifetimes(), Instant.now())
                    .filter(forecast -> forecast.perDay() != null)
                    .ifPresent(forecast -> findings.add(
                            forecast.lastsLessThan(settings.lifetimes().diskWarning())
                                    ? Finding.problem(
                                            "archive.folder",
                                            forecast.text(),
                                            "make room, or shorten lifetime.… and keep.…")
                                    : Finding.ok("archive.folder", forecast.text())));
        } catch (IOException unreadable) {
            findings.add(Finding.problem(
                    "archive.folder", "cannot be read: " + unreadable.getMessage(), "let the receiver's user read it"));
        }
    }

    private void media() {
        settings.mediaFolder()
                .ifPresentOrElse(
                        folder -> findings.add(FolderCheck.own("media.folder", folder)),
                        () -> findings.add(Finding.note(
                                "media.folder", "is not set", "media stay in the archive and are placed nowhere")));
    }

    private void moves() {
        compare("work.folder", settings.workFolder(), settings.archiveFolder());
        if (settings.mediaPlace() == MediaPlace.LINK) {
            settings.mediaFolder().ifPresent(media -> compare("media.folder", settings.archiveFolder(), media));
        }
    }

    private void compare(String key, Path from, Path to) {
        if (Files.isWritable(from) && Files.isWritable(to)) {
            findings.add(FolderCheck.sameFileSystem(key, from, to));
        }
    }
}
