package io.tidemark.receiver.cli;

import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.VolumeName;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.receiver.restore.VerifyReport;
import io.tidemark.receiver.restore.VerifyTars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells an exported tar from the volumes that were sent, which are called alike. */
final class TarsToVerify {
    private final Path path;

    TarsToVerify(Path path) {
        this.path = path;
    }

    VerifyReport verify() throws IOException {
        if (Files.isDirectory(path)) {
            return VerifyTars.volumes(path, theOneBundle());
        }
        if (!Files.exists(path)) {
            throw usage(path + " does not exist", "name a bundle of the archive, a tar, or a folder with volumes");
        }
        Optional<VolumeName> volume = VolumeName.parse(String.valueOf(path.getFileName()));
        Path folder = path.getParent();
        if (folder != null && volume.isPresent() && hasVolumes(folder, volume.get())) {
            return VerifyTars.volumes(folder, volume.get().bundle());
        }
        return VerifyTars.exported(path);
    }

    private static boolean hasVolumes(Path folder, VolumeName volume) {
        return Files.exists(folder.resolve(new VolumeName(volume.bundle(), 1).fileName()));
    }

    private BundleId theOneBundle() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            List<BundleId> bundles = files.flatMap(
                            file -> VolumeName.parse(String.valueOf(file.getFileName())).stream())
                    .map(VolumeName::bundle)
                    .distinct()
                    .toList();
            if (bundles.size() != 1) {
                throw usage(
                        "folder " + path + " holds volumes of " + bundles.size() + " bundles",
                        "name the last volume of the one to verify, the .tar without a number");
            }
            return bundles.get(0);
        }
    }

    private static TidemarkException usage(String what, String hint) {
        return new TidemarkException(FailureCode.USAGE, what, hint);
    }
}
