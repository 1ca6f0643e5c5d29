package io.tidemark.sender.route.link;

import java.io.Closeable;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpRemoteFile;

/** A connection that is opened when it is needed, kept, and opened anew after it broke. */
@SuppressWarnings("rawtypes") // As Camel's own endpoint has it.
final class SftpLink implements Closeable {
    private final SftpEndpoint endpoint;
    private final RemoteFileOperations<SftpRemoteFile> operations;

    SftpLink(SftpEndpoint endpoint) {
        this.endpoint = endpoint;
        this.operations = endpoint.createRemoteFileOperations();
    }

    /** What is done on a connection. */
    @FunctionalInterface
    interface Call<T> {
        T on(RemoteFileOperations<SftpRemoteFile> operations) throws IOException;
    }

    Exchange exchange() {
        return endpoint.createExchange();
    }

    synchronized <T> T call(Call<T> call) throws IOException {
        boolean done = false;
        try {
            operations.connect(endpoint.getConfiguration(), exchange());
            T result = call.on(operations);
            done = true;
            return result;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    @Override
    public synchronized void close() {
        try {
            operations.forceDisconnect();
        } catch (GenericFileOperationFailedException e) {
            // It is gone either way.
        }
    }
}
