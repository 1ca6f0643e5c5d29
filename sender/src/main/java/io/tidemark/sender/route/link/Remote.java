package io.tidemark.sender.route.link;

import io.tidemark.sender.settings.RemoteSettings;
import io.tidemark.settings.Secret;
import io.tidemark.transfer.RemoteLocation;
import io.tidemark.transfer.SftpAccess;
import java.util.Optional;

/**
 * Where bundles go and receipts come from.
 *
 * @param receipts a folder on the same remote as {@code inbox}
 * @param access present where {@code inbox} is an SFTP folder
 * @param passphrase of the private key, where it has one
 */
public record Remote(
        RemoteLocation inbox,
        Optional<RemoteLocation> receipts,
        Optional<SftpAccess> access,
        Optional<Secret> passphrase) {
    public Remote {
        if (inbox.isSftp() != access.isPresent()) {
            throw new IllegalArgumentException("a key belongs to sftp: and to nothing else: " + inbox);
        }
    }

    public static Remote of(RemoteSettings settings) {
        if (!settings.inbox().isSftp()) {
            return file(settings.inbox(), settings.receipts());
        }
        SftpAccess access = new SftpAccess(
                settings.privateKey().orElseThrow(), settings.knownHosts().orElseThrow());
        return new Remote(settings.inbox(), settings.receipts(), Optional.of(access), settings.passphrase());
    }

    /** A local folder or a mounted share. */
    public static Remote file(RemoteLocation inbox, Optional<RemoteLocation> receipts) {
        return new Remote(inbox, receipts, Optional.empty(), Optional.empty());
    }
}
