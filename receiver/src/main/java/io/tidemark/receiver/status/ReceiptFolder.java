package io.tidemark.receiver.status;

import io.tidemark.bundle.BundleId;
import io.tidemark.failure.DamagedException;
import io.tidemark.file.DurableFiles;
import io.tidemark.json.StrictJson;
import io.tidemark.receipt.Receipt;
import io.tidemark.receipt.ReceiptFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

    /** Those of which something was said. */
    public Set<BundleId> bundles() throws IOException {
        Set<BundleId> bundles = new HashSet<>();
        if (folder.isPresent() && Files.isDirectory(folder.get())) {
            try (Stream<Path> files = Files.list(folder.get())) {
                files.map(file -> ReceiptFiles.bundleOf(String.valueOf(file.getFileName())))
                        .flatMap(Optional::stream)
                        .forEach(bundles::add);
            }
        }
        return bundles;
    }

    /** When something was last said of a bundle; {@link Instant#MAX} where nothing is. */
    public Instant written(BundleId bundle) throws IOException {
        try {
            return folder.isEmpty()
                    ? Instant.MAX
                    : Files.getLastModifiedTime(folder.get().resolve(ReceiptFiles.receipt(bundle)))
                            .toInstant();
        } catch (NoSuchFileException gone) {
            return Instant.MAX;
        }
    }

    public void remove(BundleId bundle) throws IOException {
        if (folder.isPresent()) {
            Files.deleteIfExists(folder.get().resolve(ReceiptFiles.receipt(bundle)));
        }
    }

    /** The sources of which a receipt or a store was told before. */
    public Set<String> sources() throws IOException {
        return bundles().stream().map(BundleId::source).collect(Collectors.toSet());
    }

    /** What was said of each bundle; without those whose file another version wrote. */
    public Map<BundleId, Receipt> all() throws IOException {
        Map<BundleId, Receipt> receipts = new TreeMap<>();
        if (folder.isPresent() && Files.isDirectory(folder.get())) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.get())) {
                for (Path file : files) {
                    Optional<BundleId> bundle = ReceiptFiles.bundleOf(String.valueOf(file.getFileName()));
                    Optional<Receipt> receipt = bundle.isPresent() ? read(file) : Optional.empty();
                    receipt.ifPresent(found -> receipts.put(bundle.orElseThrow(), found));
                }
            }
        }
        return receipts;
    }

    private static Optional<Receipt> read(Path file) throws IOException {
        try {
            return Optional.of(StrictJson.read(Files.readAllBytes(file), Receipt.class));
        } catch (DamagedException otherVersion) {
            return Optional.empty();
        }
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
