package io.tidemark.receiver.media;

import io.tidemark.crash.CrashPoints;
import io.tidemark.file.FileStat;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Removes files that Tidemark placed and the primary no longer has, and the folders that became empty by it. */
final class GoneFiles {
    private final TargetFolder target;
    private final CrashPoints crash;
    private String folder = "";
    private long removed;

    GoneFiles(TargetFolder target, CrashPoints crash) {
        this.target = target;
        this.crash = crash;
    }

    /** Something else than a file was put there by somebody else, and stays. */
    void remove(String path) throws IOException {
        String parent = TargetFolder.folderOf(path);
        if (!parent.equals(folder)) {
            prune();
            folder = parent;
        }
        if (target.wayTo(path, false) != TargetFolder.Way.CLEAR) {
            return;
        }
        Path file = target.file(path);
        if (FileStat.find(file).filter(FileStat::isFile).isPresent()) {
            Files.delete(file);
            target.changed(file.resolveSibling(""));
            removed++;
            crash.pass(MediaStep.MEDIA_REMOVE);
        }
    }

    /** After the last file. */
    void finish() throws IOException {
        prune();
        target.sync();
    }

    long removed() {
        return removed;
    }

    /** Also where an earlier run removed the last file and was cut off here. */
    private void prune() throws IOException {
        target.lookAgain();
        for (String empty = folder; !empty.isEmpty(); empty = TargetFolder.folderOf(empty)) {
            Path path = target.file(empty);
            if (target.wayTo(empty, false) != TargetFolder.Way.CLEAR) {
                continue;
            }
            Optional<FileStat> stat = FileStat.find(path);
            if (stat.isPresent() && !(stat.get().isFolder() && removeEmpty(path))) {
                break;
            }
        }
        target.lookAgain();
    }

    private boolean removeEmpty(Path path) throws IOException {
        try {
            Files.delete(path);
        } catch (DirectoryNotEmptyException inUse) {
            return false;
        }
        target.changed(path.resolveSibling(""));
        crash.pass(MediaStep.MEDIA_PRUNE);
        return true;
    }
}
