package io.tidemark.sender.settings;

import io.tidemark.settings.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where bundles go.
 *
 * @param url {@code sftp://user@host:port/folder} or {@code file:/folder}, without a password
 * @param receipts folder on the same remote, under the same rule as the URL's path; absent: receipts are not read back
 * @param privateKey present with {@code sftp:}
 * @param knownHosts present with {@code sftp:}
 */
public record RemoteSettings(
        URI url,
        Optional<String> receipts,
        Optional<Path> privateKey,
        Optional<Secret> passphrase,
        Optional<Path> knownHosts) {}
