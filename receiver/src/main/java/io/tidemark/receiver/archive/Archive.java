package io.tidemark.receiver.archive;

import io.tidemark.blob.BlobStore;
import io.tidemark.bundle.BundleId;
import io.tidemark.failure.DamagedException;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.file.DurableFiles;
import io.tidemark.receiver.inbox.BlobStores;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.inbox.VerifiedBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code <source>/<bundle>/} for each bundle that was loaded, and {@code <source>/blobs/} for the contents of all of a source. */
public final class Archive {
    private final Path folder;

    public Archive(Path folder) {
        this.folder = folder;
    }

    /**
     * Files a bundle away, after which its old folder is gone. A bundle that lies here already is left as it is, and the new one removed.
     *
     * @return where it lies now
     * @throws TidemarkException where another bundle of the same name lies here
     */
    public Path add(VerifiedBundle bundle) throws IOException {
        Path target = path(bundle.id());
        if (!Files.isDirectory(target)) {
            DurableFiles.createFolders(sourceFolder(bundle.id().source()));
            DurableFiles.move(bundle.folder(), target);
        } else if (BundleFolder.open(target).manifestSha256().equals(bundle.manifestSha256())) {
            if (!target.equals(bundle.folder())) {
                DurableFiles.remove(bundle.folder());
            }
        } else {
            throw new TidemarkException(
                    FailureCode.REFUSED,
                    "bundle " + bundle.id() + ": another bundle of this name lies in the archive",
                    "two senders may share the source's name; give each its own");
        }
        return target;
    }

    /** Every bundle, by source and sequence. */
    public List<BundleId> bundles() throws IOException {
        List<BundleId> bundles = new ArrayList<>();
        for (Path source : list(folder)) {
            for (Path bundle : list(source)) {
                BundleId.parse(name(bundle))
                        .filter(id -> path(id).equals(bundle))
                        .ifPresent(bundles::add);
            }
        }
        Collections.sort(bundles);
        return bundles;
    }

    /** Every source that has or had bundles here, in order. */
    public List<String> sources() throws IOException {
        return list(folder).stream()
                .filter(Files::isDirectory)
                .map(Archive::name)
                .filter(name -> BundleId.SOURCE.matcher(name).matches())
                .sorted()
                .toList();
    }

    /** Finishes removals that were cut off. Only where nobody files a bundle away. */
    public void removeLeftOvers() throws IOException {
        for (Path source : list(folder)) {
            for (Path file : list(source)) {
                String name = name(file);
                if (name.endsWith(DurableFiles.PART)
                        && BundleId.parse(name.substring(0, name.length() - DurableFiles.PART.length()))
                                .isPresent()) {
                    DurableFiles.deleteTree(file);
                }
            }
        }
    }

    /** Empty where no such bundle lies here. */
    public Optional<BundleFolder> open(BundleId bundle) throws IOException {
        Path path = path(bundle);
        return Files.isDirectory(path) ? Optional.of(BundleFolder.open(path)) : Optional.empty();
    }

    /** {@link #open(BundleId)} for commands: a bundle that is missing or damaged is a failure that a person reads. */
    public BundleFolder require(BundleId bundle) throws IOException {
        try {
            return open(bundle)
                    .orElseThrow(() -> new TidemarkException(
                            FailureCode.FAILED, "bundle " + bundle + ": not in the archive", "see the command list"));
        } catch (DamagedException damaged) {
            throw new TidemarkException(
                    FailureCode.FAILED,
                    "bundle " + bundle + ": " + damaged.reason(),
                    "the archive was damaged; take another bundle",
                    damaged);
        }
    }

    public BlobStore blobs(String source) {
        return new BlobStores(folder).of(source);
    }

    public Path path(BundleId bundle) {
        return sourceFolder(bundle.source()).resolve(bundle.name());
    }

    public Path sourceFolder(String source) {
        return folder.resolve(source);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
