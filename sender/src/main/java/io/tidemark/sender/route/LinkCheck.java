package io.tidemark.sender.route;

import io.tidemark.check.Finding;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.file.DurableFiles;
import io.tidemark.sender.route.link.LinkFailures;
import io.tidemark.sender.route.link.Links;
import io.tidemark.sender.route.link.Remote;
import io.tidemark.sender.route.link.RemoteFolder;
import io.tidemark.transfer.RemoteLocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.impl.DefaultCamelContext;

/** Tries the link for real: logs in, and does with a small file what is done with volumes. */
public final class LinkCheck {
    /** Begins the name of the file that is tried; receivers ignore it. */
    public static final String PROBE = ".tidemark-probe-";

    private final Remote remote;
    private final LinkFailures failures;

    private LinkCheck(Remote remote) {
        this.remote = remote;
        this.failures = new LinkFailures(remote);
    }

    /** One finding per remote folder; where the first is not reached, the other is not tried. */
    public static List<Finding> findings(Remote remote) {
        try (DefaultCamelContext camel = SenderCamel.context();
                Links links = Links.to(remote, camel)) {
            return new LinkCheck(remote).findings(links.inboxFolder(), links.receiptsFolder());
        } catch (IOException e) {
            throw RuntimeCamelException.wrapRuntimeException(e);
        }
    }

    /** What is wrong with the link; empty where all works. */
    static Optional<TidemarkException> failure(Remote remote) {
        LinkFailures failures = new LinkFailures(remote);
        RemoteLocation at = remote.inbox();
        try (DefaultCamelContext camel = SenderCamel.context();
                Links links = Links.to(remote, camel)) {
            probe(links.inboxFolder());
            if (links.receiptsFolder().isPresent()) {
                at = remote.receipts().orElseThrow();
                links.receiptsFolder().get().list();
            }
            return Optional.empty();
        } catch (IOException | RuntimeCamelException | TidemarkException e) {
            return Optional.of(failures.classify(e, at));
        }
    }

    private List<Finding> findings(RemoteFolder inbox, Optional<RemoteFolder> receipts) {
        List<Finding> findings = new ArrayList<>();
        String probed = "files can be written, renamed, read and removed in " + remote.inbox();
        findings.add(attempt("remote.url", probed, remote.inbox(), () -> probe(inbox)));
        if (receipts.isPresent() && findings.get(0).level() == Finding.Level.OK) {
            RemoteLocation at = remote.receipts().orElseThrow();
            findings.add(attempt("remote.receipts", "receipts can be read in " + at, at, receipts.get()::list));
        }
        return findings;
    }

    /** Something that may fail in the ways of the transport. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException;
    }

    private Finding attempt(String key, String what, RemoteLocation at, Attempt attempt) {
        try {
            attempt.run();
            return Finding.ok(key, what);
        } catch (IOException | RuntimeCamelException | TidemarkException e) {
            TidemarkException failure = failures.classify(e, at);
            String guilty = failure.code() == FailureCode.HOST_KEY
                    ? "remote.known-hosts"
                    : failure.code() == FailureCode.USAGE ? "remote.private-key" : key;
            return Finding.problem(guilty, failure.text(), failure.hint());
        }
    }

    private static void probe(RemoteFolder inbox) throws IOException {
        String name = PROBE + UUID.randomUUID();
        byte[] content = name.getBytes(StandardCharsets.UTF_8);
        inbox.write(name + DurableFiles.PART, content);
        inbox.publish(name + DurableFiles.PART, name);
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        inbox.read(name, back);
        inbox.remove(name);
        if (!Arrays.equals(content, back.toByteArray())) {
            throw new TidemarkException(
                    FailureCode.TRANSFER,
                    "a file of " + content.length + " bytes came back with " + back.size() + " bytes, or others",
                    "does something on the remote change or clean up files?");
        }
    }
}
