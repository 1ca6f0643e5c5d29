package io.tidemark.sender.settings;

import io.tidemark.settings.Secret;
import io.tidemark.transfer.RemoteLocation;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where bundles go.
 *
 * @param receipts a folder on the same remote; absent: receipts are not read back
 * @param privateKey present with {@code sftp:}
 * @param knownHosts present with {@code sftp:}
 */
public record RemoteSettings(
        RemoteLocation inbox,
        Optional<RemoteLocation> receipts,
        Optional<Path> privateKey,
        Optional<Secret> passphrase,
        Optional<Path> knownHosts) {}
