package io.tidemark.sender.route.link;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.SftpException;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.transfer.RemoteLocation;
import io.tidemark.transfer.SftpAccess;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a failure on the link means to a person: the one place that knows what the transports' libraries throw. */
public final class LinkFailures {
    private final Remote remote;

    public LinkFailures(Remote remote) {
        this.remote = remote;
    }

    /** @param at the folder in which something was tried */
    public TidemarkException classify(Throwable failure, RemoteLocation at) {
        List<Throwable> chain = Stream.iterate(failure, Throwable::getCause)
                .takeWhile(cause -> cause != null)
                .toList();
        return chain.stream()
                .flatMap(cause -> known(cause, at).stream())
                .findFirst()
                .orElseGet(() -> unknown(chain.get(chain.size() - 1)));
    }

    private Optional<TidemarkException> known(Throwable cause, RemoteLocation at) {
        if (cause instanceof TidemarkException known) {
            return Optional.of(known);
        }
        if (cause instanceof JSchHostKeyException hostKey) {
            return Optional.of(hostKey(hostKey));
        }
        if (cause instanceof SftpException refused) {
            return RemoteRefusal.of(refused, at);
        }
        if (cause instanceof FileSystemException refused) {
            return Optional.of(RemoteRefusal.of(refused, at));
        }
        return cause instanceof JSchException ssh ? login(ssh) : network(cause);
    }

    private TidemarkException hostKey(JSchHostKeyException cause) {
        SftpAccess access = remote.access().orElseThrow();
        RemoteLocation at = remote.inbox();
        String scan = "ssh-keyscan -p " + at.port() + " " + at.host();
        if (cause instanceof JSchChangedHostKeyException) {
            return new TidemarkException(
                    FailureCode.HOST_KEY,
                    "host " + at.host() + ":" + at.port() + " shows another key than the one pinned in "
                            + access.knownHosts(),
                    "find out why before anything else; if the server has a new key, remove its old line and add what `"
                            + scan + "` prints, after comparing fingerprints",
                    cause);
        }
        return new TidemarkException(
                FailureCode.HOST_KEY,
                "host " + at.host() + ":" + at.port() + " shows a key that is not pinned in " + access.knownHosts(),
                "append what `" + scan + "` prints to that file, after comparing fingerprints on the server itself",
                cause);
    }

    private Optional<TidemarkException> login(JSchException cause) {
        SftpAccess access = remote.access().orElseThrow();
        String text = String.valueOf(cause.getMessage());
        Optional<TidemarkException> key = KeyCheck.problem(access.privateKey(), remote.passphrase());
        if (key.isPresent()) {
            return key;
        }
        if (text.startsWith("Auth ") || text.contains("authentication failures")) {
            return transfer(
                    "host " + remote.inbox().host() + " refuses the login of "
                            + remote.inbox().user() + " with key " + access.privateKey() + ": " + text,
                    "put the key's public half into that user's authorized_keys, and see what the server's log says",
                    cause);
        }
        if (cause instanceof JSchAlgoNegoFailException) {
            return transfer(
                    "host " + remote.inbox().host() + " and this sender share no algorithm: " + text,
                    "allow a current one in the server's sshd_config",
                    cause);
        }
        return Optional.empty();
    }

    private Optional<TidemarkException> network(Throwable cause) {
        String host = remote.inbox().host() + ":" + remote.inbox().port();
        if (cause instanceof UnknownHostException) {
            return transfer(
                    "host " + remote.inbox().host() + " has no address",
                    "correct remote.url, or mend name resolution",
                    cause);
        }
        if (cause instanceof NoRouteToHostException || cause instanceof ConnectException) {
            return transfer(
                    "host " + host + " takes no connection: " + cause.getMessage(),
                    "is its SSH server running, and is the port open?",
                    cause);
        }
        if (cause instanceof SocketTimeoutException) {
            return transfer("host " + host + " does not answer", "is it up, and does a firewall drop packets?", cause);
        }
        return Optional.empty();
    }

    private TidemarkException unknown(Throwable root) {
        String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return new TidemarkException(
                FailureCode.TRANSFER,
                "link to " + remote.inbox() + " failed: " + text,
                "it is tried again; what waits stays in the outbox",
                root);
    }

    private static Optional<TidemarkException> transfer(String text, String hint, Throwable cause) {
        return Optional.of(new TidemarkException(FailureCode.TRANSFER, text, hint, cause));
    }
}
