package io.tidemark.sender.cli;

import io.tidemark.sender.route.link.Remote;
import io.tidemark.sender.settings.RemoteSettings;
import io.tidemark.transfer.SftpAccess;
import java.util.Optional;

/** The remote folders as the settings name them. */
final class Remotes {
    private Remotes() {}

    static Remote of(RemoteSettings settings) {
        if (!settings.inbox().isSftp()) {
            return Remote.file(settings.inbox(), settings.receipts());
        }
        SftpAccess access = new SftpAccess(
                settings.privateKey().orElseThrow(), settings.knownHosts().orElseThrow());
        return new Remote(settings.inbox(), settings.receipts(), Optional.of(access), settings.passphrase());
    }
}
