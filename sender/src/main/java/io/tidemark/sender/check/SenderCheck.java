package io.tidemark.sender.check;

import io.tidemark.check.Finding;
import io.tidemark.check.FolderCheck;
import io.tidemark.sender.capture.SourceCheck;
import io.tidemark.sender.complete.CompleteRoom;
import io.tidemark.sender.log.LogCheck;
import io.tidemark.sender.log.LogNames;
import io.tidemark.sender.route.LinkCheck;
import io.tidemark.sender.route.link.Remote;
import io.tidemark.sender.settings.PartialSettings.Mode;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.SentBundle;
import io.tidemark.sender.watermark.WatermarkCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tries everything that the sender needs, for real, and leaves no trace but its own folders. */
public final class SenderCheck {
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

    private final SenderSettings settings;
    private final List<SentBundle> bundles;

    /** @param bundles that were made, by which the next ones are judged */
    public SenderCheck(SenderSettings settings, List<SentBundle> bundles) {
        this.settings = settings;
        this.bundles = bundles;
    }

    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(
                new SourceCheck(settings.database().database(LOCK_TIMEOUT), settings.tables(), settings.pgDump())
                        .findings());
        Mode mode = settings.partial().mode();
        if (mode == Mode.AUTO || mode == Mode.LOG) {
            findings.addAll(LogCheck.findings(
                    settings.database().database(LOCK_TIMEOUT),
                    LogNames.of(settings.source()),
                    settings.tables(),
                    mode == Mode.LOG));
        }
        if (mode == Mode.WATERMARK) {
            findings.addAll(WatermarkCheck.findings(
                    settings.database().database(LOCK_TIMEOUT),
                    settings.tables(),
                    settings.partial().watermark().columns()));
        }
        findings.add(FolderCheck.own("work.folder", settings.workFolder()));
        FolderCheck.room("work.folder", settings.workFolder(), settings.outbox().maxSize(), "outbox.max-size")
                .ifPresent(findings::add);
        CompleteRoom.of(settings, bundles, Instant.now())
                .ifPresent(room -> findings.add(
                        room.isEnough()
                                ? Finding.ok("work.folder", room.text())
                                : Finding.problem("work.folder", room.text(), CompleteRoom.hint())));
        settings.mediaFolder().ifPresent(folder -> findings.add(FolderCheck.readable("media.folder", folder)));
        findings.addAll(LinkCheck.findings(Remote.of(settings.remote())));
        if (settings.remote().receipts().isEmpty()) {
            findings.add(Finding.note(
                    "remote.receipts",
                    "is not set: what the receiver holds is never learnt, and status tells nothing of it",
                    "name the receiver's receipts folder as this login sees it"));
        }
        return findings;
    }
}
