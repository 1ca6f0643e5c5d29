package io.tidemark.sender.route.link;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.transfer.RemoteLocation;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Optional;

/** What a remote file system's no means. */
final class RemoteRefusal {
    /** Status codes of later SFTP drafts, which servers of version 3 send too. */
    private static final int NO_SPACE = 14;

    private static final int QUOTA = 15;

    private RemoteRefusal() {}

    /** Empty where it is not the server's file system that refused. */
    static Optional<TidemarkException> of(SftpException refused, RemoteLocation at) {
        String text = String.valueOf(refused.getMessage());
        if (refused.id == NO_SPACE || refused.id == QUOTA || saysFull(text)) {
            return Optional.of(full(at, refused));
        }
        return switch (refused.id) {
            case ChannelSftp.SSH_FX_NO_SUCH_FILE -> Optional.of(missing(at, refused));
            case ChannelSftp.SSH_FX_PERMISSION_DENIED -> Optional.of(denied(at, refused));
            case ChannelSftp.SSH_FX_FAILURE ->
                refused.getCause() == null ? Optional.of(bare(at, refused)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    static TidemarkException of(FileSystemException refused, RemoteLocation at) {
        if (refused instanceof NoSuchFileException) {
            return missing(at, refused);
        }
        if (refused instanceof AccessDeniedException || contains(refused.getReason(), "read-only")) {
            return denied(at, refused);
        }
        return saysFull(refused.getReason()) ? full(at, refused) : bare(at, refused);
    }

    private static boolean saysFull(String text) {
        return contains(text, "space") || contains(text, "quota");
    }

    private static boolean contains(String text, String word) {
        return String.valueOf(text).toLowerCase(Locale.ROOT).contains(word);
    }

    private static TidemarkException missing(RemoteLocation at, Throwable cause) {
        return new TidemarkException(
                FailureCode.TRANSFER,
                "remote folder " + at + " does not exist",
                at.isSftp()
                        ? "create it; for a chrooted login the path begins at the chroot"
                        : "create it, or mount the share that holds it",
                cause);
    }

    private static TidemarkException denied(RemoteLocation at, Throwable cause) {
        String who = at.isSftp() ? "user " + at.user() : "this process";
        return new TidemarkException(
                FailureCode.TRANSFER,
                "remote folder " + at + " is not writable for " + who,
                "give " + who + " the right to create, rename and remove files in it",
                cause);
    }

    private static TidemarkException full(RemoteLocation at, Throwable cause) {
        return new TidemarkException(
                FailureCode.DISK_FULL,
                "no room is left in remote folder " + at,
                "free space or raise the quota there; what waits stays in the outbox",
                cause);
    }

    /** OpenSSH says "Failure" for a full disk, and for much else. */
    private static TidemarkException bare(RemoteLocation at, Throwable cause) {
        return new TidemarkException(
                FailureCode.TRANSFER,
                "remote folder " + at + " refuses the file: " + cause.getMessage(),
                "is its disk or quota full? else see what the server's log says",
                cause);
    }
}
