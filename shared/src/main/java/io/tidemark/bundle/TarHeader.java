package io.tidemark.bundle;

import io.tidemark.failure.DamagedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.commons.compress.archivers.zip.ZipEncoding;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;

/**
 * The one header that an entry of a given name and size can have: a plain file, mode 0644, nobody's, without a time. A reader rebuilds it
 * and compares, so that links, extensions and sparse files have no way in.
 */
record TarHeader(String name, long size) {
    static final int BLOCK = TarConstants.DEFAULT_RCDSIZE;

    private static final ZipEncoding ASCII = ZipEncodingHelper.getZipEncoding(StandardCharsets.US_ASCII);
    private static final int TYPE_AT = 156;
    private static final int SIZE_AT =
            TarConstants.NAMELEN + TarConstants.MODELEN + TarConstants.UIDLEN + TarConstants.GIDLEN;

    TarHeader {
        if (name.isEmpty() || name.length() > EntryName.MAX_LENGTH || size < 0) {
            throw new IllegalArgumentException("no entry: '" + name + "' of " + size + " bytes");
        }
    }

    byte[] bytes() throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL);
        entry.setMode(0644);
        entry.setIds(0, 0);
        entry.setUserName("");
        entry.setGroupName("");
        entry.setModTime(0);
        entry.setSize(size);
        byte[] block = new byte[BLOCK];
        // "Star mode" is what writes a size beyond 8 GiB in base 256; smaller ones stay octal.
        entry.writeEntryHeader(block, ASCII, true);
        return block;
    }

    static TarHeader parse(byte[] block) throws IOException {
        if (block[TYPE_AT] != TarConstants.LF_NORMAL) {
            throw new DamagedException("an entry is not a plain file but of tar type " + printable(block[TYPE_AT]));
        }
        String name = name(block);
        if (!EntryName.isKnown(name)) {
            throw new DamagedException("an entry has a name that no bundle has: " + printable(name));
        }
        TarHeader header = new TarHeader(name, size(block, name));
        if (!Arrays.equals(block, header.bytes())) {
            throw new DamagedException("the header of entry " + name + " is not in the one form allowed");
        }
        return header;
    }

    private static String name(byte[] block) {
        int end = 0;
        while (end < TarConstants.NAMELEN && block[end] != 0) {
            end++;
        }
        return new String(block, 0, end, StandardCharsets.ISO_8859_1);
    }

    private static long size(byte[] block, String name) throws DamagedException {
        long size;
        try {
            size = TarUtils.parseOctalOrBinary(block, SIZE_AT, TarConstants.SIZELEN);
        } catch (IllegalArgumentException notANumber) {
            throw new DamagedException("entry " + name + " has no readable size", notANumber);
        }
        if (size < 0) {
            throw new DamagedException("entry " + name + " has a negative size");
        }
        return size;
    }

    /** Hostile text on its way into a log or a file of reasons. */
    private static String printable(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            safe.append(printable((byte) text.charAt(i)));
        }
        return "'" + safe + "'";
    }

    private static String printable(byte value) {
        return value > ' ' && value < 127 ? String.valueOf((char) value) : "\\x" + Integer.toHexString(value & 0xff);
    }
}
