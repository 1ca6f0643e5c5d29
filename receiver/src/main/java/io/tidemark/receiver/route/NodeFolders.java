package io.tidemark.receiver.route;

import io.tidemark.bundle.BundleId;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.file.DurableFiles;
import io.tidemark.receiver.archive.Archive;
import io.tidemark.receiver.settings.ReceiverSettings;
import io.tidemark.receiver.status.ReceiptFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The folders that a receiver works in. Failures name the settings. */
record NodeFolders(ReceiverSettings settings) {
    void create() {
        try {
            for (Path folder : List.of(settings.workFolder(), settings.incomingFolder(), settings.archiveFolder())) {
                DurableFiles.createFolders(folder);
            }
        } catch (IOException failure) {
            throw unusable(failure);
        }
    }

    /**
     * Says which stores contents go to, so that a sender learns before its next bundle when one was lost.
     *
     * @return every source that has bundles or receipts here
     */
    Set<String> tellStores() {
        Archive archive = new Archive(settings.archiveFolder());
        ReceiptFolder receipts = new ReceiptFolder(settings.receiptsFolder());
        try {
            Set<String> sources =
                    archive.bundles().stream().map(BundleId::source).collect(Collectors.toSet());
            sources.addAll(receipts.sources());
            for (String source : sources) {
                receipts.store(source, archive.blobs(source).identity());
            }
            return Set.copyOf(sources);
        } catch (IOException failure) {
            throw unusable(failure);
        }
    }

    static TidemarkException unusable(IOException failure) {
        return new TidemarkException(
                FailureCode.FAILED,
                "a folder cannot be used: " + failure.getMessage(),
                "check work.folder, archive.folder and receipts.folder",
                failure);
    }
}
