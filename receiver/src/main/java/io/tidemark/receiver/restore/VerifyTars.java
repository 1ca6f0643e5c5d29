package io.tidemark.receiver.restore;

import io.tidemark.blob.BlobId;
import io.tidemark.blob.BlobName;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.EntryName;
import io.tidemark.bundle.Limits;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.VolumeName;
import io.tidemark.bundle.VolumeReader;
import io.tidemark.failure.DamagedException;
import io.tidemark.file.DurableFiles;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.inbox.ChangesCheck;
import io.tidemark.receiver.inbox.ContentCheck;
import io.tidemark.receiver.inbox.Unpacker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Checks a bundle that lies in tars: the volumes as they were sent, or an exported one. Every content is read to its end. */
public final class VerifyTars {
    /** An exported bundle has all contents in one tar. */
    private static final Limits LIMITS = new Limits(1 << 24, Long.MAX_VALUE);

    private final Findings findings = new Findings();
    private final SeenBlobs seen = new SeenBlobs();
    private final Map<String, VolumeReader.Read> volumes = new HashMap<>();
    private final Path scratch;

    private VerifyTars(Path scratch) {
        this.scratch = scratch;
    }

    /**
     * Checks the volumes of one bundle.
     *
     * @param folder holds {@code <bundle>.tar} and the volumes before it
     */
    public static VerifyReport volumes(Path folder, BundleId bundle) throws IOException {
        return run(verify -> {
            VolumeName last = VolumeName.last(bundle);
            for (int number = 1; Files.exists(folder.resolve(new VolumeName(bundle, number).fileName())); number++) {
                VolumeName volume = new VolumeName(bundle, number);
                verify.contents(volume.fileName(), folder.resolve(volume.fileName()));
            }
            verify.last(bundle, folder.resolve(last.fileName()), false);
        });
    }

    /** Checks an exported bundle, which has to hold every content that it names. */
    public static VerifyReport exported(Path tar) throws IOException {
        String name = String.valueOf(tar.getFileName());
        Optional<BundleId> bundle = VolumeName.parse(name).map(VolumeName::bundle);
        return run(verify -> {
            if (bundle.isEmpty()) {
                verify.findings.add(name + " is not named after a bundle");
            } else {
                verify.last(bundle.get(), tar, true);
            }
        });
    }

    /** One of the two checks. */
    private interface Check {
        void run(VerifyTars verify) throws IOException;
    }

    private static VerifyReport run(Check check) throws IOException {
        Path scratch = Files.createTempDirectory("tidemark-verify-");
        try {
            VerifyTars verify = new VerifyTars(scratch);
            check.run(verify);
            return verify.findings.report();
        } finally {
            DurableFiles.deleteTree(scratch);
        }
    }

    private void contents(String name, Path volume) throws IOException {
        try (InputStream in = Files.newInputStream(volume)) {
            volumes.put(name, VolumeReader.read(in, LIMITS, (entry, size, content) -> {
                BlobName blob = EntryName.blob(entry)
                        .orElseThrow(() -> new DamagedException("entry " + entry + " belongs into the last volume"));
                blob(blob, size, content);
            }));
        } catch (DamagedException damaged) {
            findings.add(name + ": " + damaged.reason());
        }
    }

    private void blob(BlobName blob, long size, InputStream content) throws IOException {
        findings.check(blob, size, content);
        seen.add(blob.id());
    }

    private void last(BundleId bundle, Path tar, boolean whole) throws IOException {
        if (!Files.exists(tar)) {
            findings.add(tar.getFileName() + " is missing");
            return;
        }
        Unpacker unpacker = new Unpacker(scratch);
        try (InputStream in = Files.newInputStream(tar)) {
            VolumeReader.read(in, LIMITS, (entry, size, content) -> {
                Optional<BlobName> blob = whole ? EntryName.blob(entry) : Optional.empty();
                if (blob.isPresent()) {
                    blob(blob.get(), size, content);
                } else {
                    unpacker.entry(entry, size, content);
                }
            });
            findings.found(unpacker.finish(bundle));
            compareVolumes(whole);
            BundleFolder folder = BundleFolder.open(scratch);
            new ContentCheck(folder, findings).check((blob, rawSize) -> named(blob, whole));
            if (folder.manifest().partial() != null) {
                new ChangesCheck(folder, findings).lines();
            }
        } catch (DamagedException damaged) {
            findings.add(tar.getFileName() + ": " + damaged.reason());
        }
    }

    private void named(BlobId blob, boolean whole) {
        if (!seen.contains(blob)) {
            seen.add(blob);
            findings.elsewhere();
            if (whole) {
                findings.add("blob " + blob + ": is not in the tar");
            }
        }
    }

    private void compareVolumes(boolean whole) throws IOException {
        if (whole) {
            return;
        }
        for (Manifest.Volume volume : BundleFolder.open(scratch).manifest().volumes()) {
            VolumeReader.Read read = volumes.get(volume.name());
            if (read == null) {
                findings.add(volume.name() + ": is missing or damaged");
            } else if (read.size() != volume.size() || !read.sha256().equals(volume.sha256())) {
                findings.add(volume.name() + ": is not the volume that the manifest lists");
            }
        }
    }
}
