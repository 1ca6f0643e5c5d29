package io.tidemark.sender.route.link;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import io.tidemark.transfer.RemoteLocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.RemoteFile;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;

/** A folder on an SFTP server. */
@SuppressWarnings("rawtypes") // As Camel's own endpoint has it.
final class SftpFolder implements RemoteFolder {
    /** Of a folder that is usually there. */
    private static final int LISTINGS = 10;
    /** Of a file that is often not there. */
    private static final int LISTINGS_OF_ONE = 3;

    private final SftpLink link;
    private final RemoteLocation location;

    SftpFolder(SftpLink link, RemoteLocation location) {
        this.link = link;
        this.location = location;
    }

    @Override
    public List<Entry> list() throws IOException {
        return link.call(operations -> Arrays.stream(listed(operations, location.path(), LISTINGS))
                .filter(file -> !file.isDirectory() && file.getFilename().indexOf('/') < 0)
                .map(SftpFolder::entry)
                .toList());
    }

    /**
     * What is not there says so each time; a server that lost another file while it listed the folder says so once. JSch lists the whole folder
     * for a single file, too.
     */
    private static SftpRemoteFile[] listed(
            RemoteFileOperations<SftpRemoteFile> operations, String path, int mostTries) {
        for (int tries = 1; ; tries++) {
            try {
                return operations.listFiles(path);
            } catch (GenericFileOperationFailedException e) {
                if (tries == mostTries || !isMissing(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isMissing(GenericFileOperationFailedException failure) {
        return failure.getCause() instanceof SftpException cause && cause.id == ChannelSftp.SSH_FX_NO_SUCH_FILE;
    }

    private static Entry entry(SftpRemoteFile file) {
        return new Entry(file.getFilename(), file.getFileLength(), Instant.ofEpochMilli(file.getLastModified()));
    }

    @Override
    public OptionalLong size(String name) throws IOException {
        return link.call(operations -> {
            try {
                return Arrays.stream(listed(operations, location.pathOf(name), LISTINGS_OF_ONE))
                        .filter(file -> !file.isDirectory())
                        .mapToLong(SftpRemoteFile::getFileLength)
                        .findFirst();
            } catch (GenericFileOperationFailedException e) {
                if (isMissing(e)) {
                    return OptionalLong.empty();
                }
                throw e;
            }
        });
    }

    @Override
    public void write(String name, byte[] content) throws IOException {
        Exchange exchange = link.exchange();
        exchange.getIn().setBody(content);
        link.call(operations -> operations.storeFile(location.pathOf(name), exchange, content.length));
    }

    @Override
    public void read(String name, OutputStream target) throws IOException {
        Exchange exchange = link.exchange();
        RemoteFile<SftpRemoteFile> file = new RemoteFile<>();
        exchange.setProperty(FileComponent.FILE_EXCHANGE_FILE, file);
        link.call(operations -> {
            operations.retrieveFile(location.pathOf(name), exchange, -1);
            try (InputStream content = (InputStream) file.getBody()) {
                return content.transferTo(target);
            }
        });
    }

    @Override
    public void publish(String part, String name) throws IOException {
        link.call(operations -> operations.renameFile(location.pathOf(part), location.pathOf(name)));
    }

    @Override
    public void remove(String name) throws IOException {
        link.call(operations -> operations.deleteFile(location.pathOf(name)));
    }
}
