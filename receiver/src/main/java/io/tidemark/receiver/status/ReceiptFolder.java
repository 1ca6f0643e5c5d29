package io.tidemark.receiver.status;

import io.tidemark.bundle.BundleId;
import io.tidemark.file.DurableFiles;
import io.tidemark.json.StrictJson;
import io.tidemark.receipt.Receipt;
import io.tidemark.receipt.ReceiptFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where receipts are left for the sender. Without a folder nothing is written, and a sender learns nothing. */
public final class ReceiptFolder {
    private final Optional<Path> folder;

    public ReceiptFolder(Optional<Path> folder) {
        this.folder = folder;
    }

    /** Replaces what was said of the bundle before. */
    public void write(BundleId bundle, Receipt receipt) throws IOException {
        replace(ReceiptFiles.receipt(bundle), StrictJson.pretty(receipt));
    }

    /** Tells which store contents go to, so that a sender sees when it was lost. */
    public void store(String source, String identity) throws IOException {
        replace(ReceiptFiles.store(source), StrictJson.pretty(new ReceiptFiles.Store(identity)));
    }

    /** The sources of which a receipt or a store was told before. */
    public Set<String> sources() throws IOException {
        Set<String> sources = new HashSet<>();
        if (folder.isPresent() && Files.isDirectory(folder.get())) {
            try (Stream<Path> files = Files.list(folder.get())) {
                files.map(file -> ReceiptFiles.bundleOf(String.valueOf(file.getFileName())))
                        .flatMap(Optional::stream)
                        .map(BundleId::source)
                        .forEach(sources::add);
            }
        }
        return sources;
    }

    private void replace(String name, byte[] content) throws IOException {
        if (folder.isEmpty()) {
            return;
        }
        Path file = folder.get().resolve(name);
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
            DurableFiles.createFolders(folder.get());
            DurableFiles.write(file, content);
        }
    }
}
