package io.tidemark.deploy.twonode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** What can be done to the volumes of a bundle. */
enum Tampering {
    A_BIT_OF_CONTENT_FLIPPED {
        @Override
        void apply(List<Path> volumes) throws IOException {
            flip(numbered(volumes, 1), Files.size(numbered(volumes, 1)) / 2);
        }
    },
    A_BIT_OF_THE_MANIFEST_FLIPPED {
        @Override
        void apply(List<Path> volumes) throws IOException {
            flip(last(volumes), 700);
        }
    },
    A_BIT_OF_A_HEADER_FLIPPED {
        @Override
        void apply(List<Path> volumes) throws IOException {
            flip(numbered(volumes, 1), 100);
        }
    },
    FIRST_VOLUME_TRUNCATED {
        @Override
        void apply(List<Path> volumes) throws IOException {
            truncate(numbered(volumes, 1), Files.size(numbered(volumes, 1)) - 1024);
        }
    },
    LAST_VOLUME_TRUNCATED {
        @Override
        void apply(List<Path> volumes) throws IOException {
            truncate(last(volumes), Files.size(last(volumes)) / 1024 * 512);
        }
    },
    LAST_VOLUME_EMPTY {
        @Override
        void apply(List<Path> volumes) throws IOException {
            truncate(last(volumes), 0);
        }
    },
    BYTES_AFTER_THE_END {
        @Override
        void apply(List<Path> volumes) throws IOException {
            Files.write(last(volumes), join(Files.readAllBytes(last(volumes)), new byte[512]));
        }
    },
    ANOTHER_TAR_AFTER_THE_END {
        @Override
        void apply(List<Path> volumes) throws IOException {
            Files.write(
                    numbered(volumes, 1),
                    join(Files.readAllBytes(numbered(volumes, 1)), Files.readAllBytes(numbered(volumes, 2))));
        }
    },
    VOLUMES_SWAPPED {
        @Override
        void apply(List<Path> volumes) throws IOException {
            byte[] first = Files.readAllBytes(numbered(volumes, 1));
            Files.write(numbered(volumes, 1), Files.readAllBytes(numbered(volumes, 2)));
            Files.write(numbered(volumes, 2), first);
        }
    },
    NAME_ABOVE_THE_FOLDER {
        @Override
        void apply(List<Path> volumes) throws IOException {
            add(last(volumes), new TarArchiveEntry("../../evil", true));
        }
    },
    ABSOLUTE_NAME {
        @Override
        void apply(List<Path> volumes) throws IOException {
            add(last(volumes), new TarArchiveEntry("/tmp/evil", true));
        }
    },
    SYMBOLIC_LINK {
        @Override
        void apply(List<Path> volumes) throws IOException {
            add(last(volumes), link("ddl/evil", TarConstants.LF_SYMLINK));
        }
    },
    HARD_LINK {
        @Override
        void apply(List<Path> volumes) throws IOException {
            add(last(volumes), link("ddl/evil", TarConstants.LF_LINK));
        }
    },
    DEVICE {
        @Override
        void apply(List<Path> volumes) throws IOException {
            add(last(volumes), new TarArchiveEntry("ddl/evil", TarConstants.LF_BLK));
        }
    },
    PIPE {
        @Override
        void apply(List<Path> volumes) throws IOException {
            add(numbered(volumes, 1), new TarArchiveEntry("blobs/evil", TarConstants.LF_FIFO));
        }
    },
    UNLISTED_ENTRY {
        @Override
        void apply(List<Path> volumes) throws IOException {
            add(last(volumes), new TarArchiveEntry("ddl/evil.sql"));
        }
    },
    ENTRY_TWICE {
        @Override
        void apply(List<Path> volumes) throws IOException {
            add(last(volumes), new TarArchiveEntry("manifest.json"));
        }
    },
    CONTENT_UNDER_A_WRONG_NAME {
        @Override
        void apply(List<Path> volumes) throws IOException {
            add(numbered(volumes, 1), new TarArchiveEntry("blobs/ab/ab" + "0".repeat(62)));
        }
    },
    OF_ANOTHER_SOURCE {
        @Override
        void apply(List<Path> volumes) throws IOException {
            for (Path volume : volumes) {
                Files.move(
                        volume,
                        volume.resolveSibling(volume.getFileName().toString().replace("transapp", "other")));
            }
        }
    },
    OF_ANOTHER_SEQUENCE {
        @Override
        void apply(List<Path> volumes) throws IOException {
            for (Path volume : volumes) {
                Files.move(
                        volume,
                        volume.resolveSibling(volume.getFileName().toString().replace("0000000001", "0000000077")));
            }
        }
    };

    abstract void apply(List<Path> volumes) throws IOException;

    private static Path numbered(List<Path> volumes, int number) {
        return volumes.stream()
                .filter(each -> each.toString().endsWith(".v000" + number + ".tar"))
                .findFirst()
                .orElseThrow();
    }

    private static Path last(List<Path> volumes) {
        // The one with the manifest has no number before its ending.
        return volumes.stream()
                .filter(each -> !each.getFileName().toString().matches(".*\\.v\\d+\\.tar"))
                .findFirst()
                .orElseThrow();
    }

    private static void flip(Path file, long offset) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) offset] ^= 4;
        Files.write(file, bytes);
    }

    private static void truncate(Path file, long size) throws IOException {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) size));
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static TarArchiveEntry link(String name, byte type) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type);
        entry.setLinkName("/etc/passwd");
        return entry;
    }

    /** Writes the tar again with one more entry before its end. */
    private static void add(Path file, TarArchiveEntry more) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = Files.newInputStream(file);
                TarArchiveInputStream tar = new TarArchiveInputStream(in);
                TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, 512)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                out.putArchiveEntry(entry);
                tar.transferTo(out);
                out.closeArchiveEntry();
            }
            byte[] content = more.isFile() && !more.isLink() ? "evil".getBytes(StandardCharsets.UTF_8) : new byte[0];
            more.setSize(content.length);
            out.putArchiveEntry(more);
            out.write(content);
            out.closeArchiveEntry();
        }
        Files.write(file, bytes.toByteArray());
    }
}
