package io.tidemark.transfer;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How to log in over SFTP; without the passphrase of the key, so that it may be printed.
 *
 * @param knownHosts the only host keys that are trusted, in OpenSSH's format
 * @param connectTimeout for each step of connecting
 * @param stall how long nothing may move on a connection before it is cut; at least a second
 */
public record SftpAccess(Path privateKey, Path knownHosts, Duration connectTimeout, Duration stall) {
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    public static final Duration STALL = Duration.ofSeconds(60);

    public SftpAccess {
        if (stall.toMillis() < 1000 || connectTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("time limits too short: " + connectTimeout + ", " + stall);
        }
    }

    public SftpAccess(Path privateKey, Path knownHosts) {
        this(privateKey, knownHosts, CONNECT_TIMEOUT, STALL);
    }
}
