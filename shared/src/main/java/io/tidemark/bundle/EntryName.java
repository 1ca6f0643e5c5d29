package io.tidemark.bundle;

import io.tidemark.blob.BlobName;
import io.tidemark.table.TableName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The names that an entry of a volume can have; nothing else is read or written. */
public final class EntryName {
    public static final String MANIFEST = "manifest.json";
    public static final String MANIFEST_SHA256 = "manifest.sha256";
    public static final String RESTORE_SQL = "restore.sql";
    public static final String PRE_DATA = "ddl/pre-data.sql";
    public static final String POST_DATA = "ddl/post-data.sql";
    public static final String PARTS = "parts.jsonl.zst";
    public static final String MEDIA = "media.jsonl.zst";
    public static final String BLOBS = "blobs/";
    public static final String CHANGES = "changes/";
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    private static final String CHANGES_SUFFIX = ".jsonl.zst";
    private static final Pattern CHANGE_FILE = Pattern.compile("changes/[A-Za-z0-9_%~.-]+\\.jsonl\\.zst");
    /** What a tar header holds without extensions. */
    public static final int MAX_LENGTH = 100;

    /** The entries of a complete's last volume beside the manifest, in their order there. */
    public static final List<String> OF_EVERY_COMPLETE = List.of(RESTORE_SQL, PRE_DATA, POST_DATA, PARTS, MEDIA);

    private EntryName() {}

    public static String of(BlobName blob) {
        return BLOBS + blob.path();
    }

    /** The blob that an entry holds; empty where the entry is not a blob. */
    public static Optional<BlobName> blob(String entry) {
        return entry.startsWith(BLOBS) ? BlobName.parse(entry.substring(BLOBS.length())) : Optional.empty();
    }

    /**
     * A name for a table's change file. Letters, digits, {@code _} and {@code -} stand as they are, all else is written {@code %} and two
     * hexadecimal digits for each byte of UTF-8; a name that would be too long, or that another table has already, ends in {@code ~} and
     * {@code number}. The file's first line tells the table.
     *
     * @param number of the table within the bundle
     */
    public static String changes(TableName table, int number, Predicate<String> taken) {
        String plain = escaped(table.schema()) + "." + escaped(table.name());
        String name = CHANGES + plain + CHANGES_SUFFIX;
        if (name.length() <= MAX_LENGTH && !taken.test(name)) {
            return name;
        }
        String tail = "~" + number + CHANGES_SUFFIX;
        int room = MAX_LENGTH - CHANGES.length() - tail.length();
        String cut = plain.substring(0, Math.min(plain.length(), room)).replaceFirst("%.?$", "");
        return CHANGES + cut + tail;
    }

    private static String escaped(String name) {
        StringBuilder escaped = new StringBuilder();
        for (byte unit : name.getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN.indexOf(unit) >= 0) {
                escaped.append((char) unit);
            } else {
                escaped.append(String.format(Locale.ROOT, "%%%02x", unit & 0xff));
            }
        }
        return escaped.toString();
    }

    /** Whether it belongs to the last volume and is listed in the manifest. */
    public static boolean isListed(String entry) {
        return OF_EVERY_COMPLETE.contains(entry)
                || (entry.length() <= MAX_LENGTH && CHANGE_FILE.matcher(entry).matches());
    }

    public static boolean isKnown(String entry) {
        return isListed(entry)
                || entry.equals(MANIFEST)
                || entry.equals(MANIFEST_SHA256)
                || blob(entry).isPresent();
    }
}
