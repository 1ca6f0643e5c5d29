package io.tidemark.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.tidemark.change.ChangeHeader;
import io.tidemark.position.Lsn;
import io.tidemark.position.Position;
import io.tidemark.position.SourceIdentity;
import io.tidemark.table.DataFormat;
import io.tidemark.table.TableDigest;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle says of itself as a whole; {@code manifest.json}, specified in docs/BUNDLE_FORMAT.md. Contents are listed apart (parts,
 * changes and media), so that a manifest stays small whatever the database holds.
 *
 * @param format {@link #FORMAT}
 * @param tool name and version of what wrote it
 * @param position where a complete was cut, and where a partial ends
 * @param previous SHA-256 of the manifest of the bundle before: of a complete, the one that was sealed last; of a partial, the partial that
 *     ends where this one begins. Absent where there is none
 * @param partial present in partials only, which have no tables, sequences and parts
 * @param volumes the volumes before the last one, in order
 * @param entries every entry of the last volume but {@code manifest.json} and {@code manifest.sha256}
 * @param leftOut objects of the primary that are not in the bundle, named for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
        int format,
        String tool,
        String source,
        long sequence,
        BundleKind kind,
        String label,
        Instant created,
        SourceIdentity identity,
        Position position,
        @JsonSetter(nulls = Nulls.SET) @Nullable String previous,
        @JsonSetter(nulls = Nulls.SET) @Nullable Partial partial,
        Server server,
        List<Table> tables,
        List<Sequence> sequences,
        Parts parts,
        Media media,
        List<Volume> volumes,
        List<Entry> entries,
        List<LeftOut> leftOut) {
    public static final int FORMAT = 1;
    /** What a label can be, and the tool's name. */
    public static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_ .-]{1,100}");

    public Manifest {
        tables = List.copyOf(tables);
        sequences = List.copyOf(sequences);
        volumes = List.copyOf(volumes);
        entries = List.copyOf(entries);
        leftOut = List.copyOf(leftOut);
    }

    public BundleId id() {
        return new BundleId(source, sequence, kind, created);
    }

    /** Whether what a partial with that sequence says of media is younger than what this complete lists. */
    public boolean mediaBefore(long partial) {
        Long after = media.after();
        return partial > (after == null ? sequence : after);
    }

    /** Whether a list of media lies beside it: with every complete, and with partials that say something of media. */
    public boolean listsMedia() {
        return partial == null || media.files() + media.gone() > 0;
    }

    public Manifest withEntries(List<Entry> others) {
        return new Manifest(
                format, tool, source, sequence, kind, label, created, identity, position, previous, partial, server,
                tables, sequences, parts, media, volumes, others, leftOut);
    }

    /**
     * The primary's server.
     *
     * @param version as {@code server_version_num}
     * @param encoding of the database
     */
    public record Server(int version, String encoding) {}

    /**
     * A table's data.
     *
     * @param pagesPerPart heap pages per part; a power of two
     * @param bytes of COPY output, before compression
     */
    public record Table(
            TableShape shape,
            String fingerprint,
            DataFormat format,
            int pagesPerPart,
            long rows,
            long bytes,
            TableDigest digest) {
        public TableName name() {
            return shape.table();
        }
    }

    /**
     * What a partial brings: the changes of the range (from, position].
     *
     * @param from where the partial before ended
     */
    public record Partial(Lsn from, Mode mode, List<Changes> changes) {
        public Partial {
            changes = List.copyOf(changes);
        }
    }

    /** How changes were found. */
    public enum Mode {
        /** In the write-ahead log: every change. */
        LOG,
        /** By a column that grows: inserts and those updates that move it. Rows that are gone stay until the next complete. */
        WATERMARK
    }

    /**
     * The changes of one table.
     *
     * @param entry its change file
     * @param columns that the file has cells for
     * @param key by which rows are found
     * @param shape what the catalogue said of the table when the range had been read; absent where it had moved on from {@code columns}
     * @param inserted lines of that kind, as are {@code updated} and {@code deleted}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Changes(
            TableName table,
            String entry,
            List<ChangeHeader.Column> columns,
            List<String> key,
            @JsonSetter(nulls = Nulls.SET) @Nullable TableShape shape,
            boolean truncated,
            long inserted,
            long updated,
            long deleted) {
        public Changes {
            columns = List.copyOf(columns);
            key = List.copyOf(key);
        }

        public long rows() {
            return inserted + updated + deleted;
        }
    }

    /** A sequence's state, as {@code select last_value, is_called} gives it. */
    public record Sequence(String schema, String name, long lastValue, boolean called) {}

    /** Totals of {@code parts.jsonl.zst}: lines, rows and bytes before compression. */
    public record Parts(long count, long rows, long bytes) {}

    /**
     * Totals of {@code media.jsonl.zst}.
     *
     * @param managed whether the source has a media folder at all; where not, the receiver leaves its own alone
     * @param files that are listed: all of them in a complete, those that are new or changed in a partial
     * @param removed paths that a partial lists as gone; absent in completes
     * @param after the highest sequence that had been given out when a complete began to look at the folder: what partials beyond it say of
     *     a path is younger. Absent in partials
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Media(
            boolean managed,
            long files,
            long bytes,
            @JsonSetter(nulls = Nulls.SET) @Nullable Long removed,
            @JsonSetter(nulls = Nulls.SET) @Nullable Long after) {
        public Media(boolean managed, long files, long bytes) {
            this(managed, files, bytes, null, null);
        }

        public static Media none() {
            return new Media(false, 0, 0);
        }

        public static Media ofComplete(long files, long bytes, long after) {
            return new Media(true, files, bytes, null, after);
        }

        public static Media ofPartial(long files, long bytes, long removed) {
            return new Media(true, files, bytes, removed, null);
        }

        /** Paths that are listed as gone. */
        public long gone() {
            return removed == null ? 0 : removed;
        }
    }

    /** A volume as it lies on the wire; {@code sha256} over all its bytes. */
    public record Volume(String name, long size, String sha256) {}

    /** A tar entry as stored; {@code size} and {@code sha256} of the bytes in the tar. */
    public record Entry(String name, long size, String sha256) {}

    /** Something that does not travel: e.g. {@code foreign key public.a.a_b_fkey}, {@code refers to a table that is left out}. */
    public record LeftOut(String object, String reason) {}
}
