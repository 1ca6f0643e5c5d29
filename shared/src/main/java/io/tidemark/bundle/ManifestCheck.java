package io.tidemark.bundle;

import io.tidemark.change.ChangeHeader;
import io.tidemark.failure.DamagedException;
import io.tidemark.table.Column;
import io.tidemark.table.TableShape;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What must hold in a manifest beyond its JSON types. */
final class ManifestCheck {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SYSTEM = Pattern.compile("[0-9]{1,20}");
    private static final int OLDEST_SERVER = 90_000;
    private static final long MAX_OID = 0xffff_ffffL;
    /** Two zero blocks: what a volume without entries takes. */
    private static final int SMALLEST_VOLUME = 2 * TarHeader.BLOCK;

    private final Manifest manifest;

    private ManifestCheck(Manifest manifest) {
        this.manifest = manifest;
    }

    static void check(Manifest manifest) throws DamagedException {
        ManifestCheck check = new ManifestCheck(manifest);
        try {
            check.head();
            check.tables();
            check.partial();
            check.totals();
            check.media();
            check.volumes();
            check.entries();
        } catch (ArithmeticException overflow) {
            throw new DamagedException("manifest: its numbers add up to more than 64 bits hold", overflow);
        }
    }

    private void head() throws DamagedException {
        require(manifest.format() == Manifest.FORMAT, "format " + manifest.format() + " is not known here");
        require(BundleId.SOURCE.matcher(manifest.source()).matches(), "source is not a source's name");
        require(manifest.sequence() >= 1 && manifest.sequence() <= BundleId.MAX_SEQUENCE, "sequence is out of range");
        require(
                manifest.created().equals(manifest.created().truncatedTo(ChronoUnit.SECONDS))
                        && BundleId.parse(manifest.id().name()).isPresent(),
                "created is not a whole second of the years 0 to 9999");
        require(
                Manifest.LABEL.matcher(manifest.label()).matches()
                        && Manifest.LABEL.matcher(manifest.tool()).matches(),
                "label or tool is not a name");
        String previous = manifest.previous();
        require(previous == null || SHA256.matcher(previous).matches(), "previous is not a SHA-256");
        require(
                SYSTEM.matcher(manifest.identity().system()).matches()
                        && manifest.identity().timeline() >= 1
                        && manifest.identity().database() >= 1
                        && manifest.identity().database() <= MAX_OID,
                "identity is not a database's");
        require(
                manifest.server().version() >= OLDEST_SERVER
                        && Manifest.LABEL.matcher(manifest.server().encoding()).matches(),
                "server is not a PostgreSQL server");
    }

    private void tables() throws DamagedException {
        unique(manifest.tables(), Manifest.Table::name, "table");
        unique(manifest.sequences(), sequence -> List.of(sequence.schema(), sequence.name()), "sequence");
        for (Manifest.Table table : manifest.tables()) {
            String name = "table " + table.name();
            require(
                    table.rows() >= 0
                            && table.bytes() >= 0
                            && Integer.bitCount(table.pagesPerPart()) == 1
                            && table.pagesPerPart() > 0,
                    name + " has numbers out of range");
            require(SHA256.matcher(table.fingerprint()).matches(), name + " has no fingerprint");
            shape(table.shape(), name);
        }
    }

    private static void shape(TableShape shape, String name) throws DamagedException {
        unique(shape.columns(), Column::name, name + ": column");
        unique(shape.key(), key -> key, name + ": key column");
        Set<String> columns = shape.columns().stream().map(Column::name).collect(Collectors.toSet());
        require(columns.containsAll(shape.key()), name + " has a key of columns that it does not have");
    }

    private void partial() throws DamagedException {
        Manifest.Partial partial = manifest.partial();
        require((partial != null) == (manifest.kind() == BundleKind.PARTIAL), "partial is not where it has to be");
        if (partial == null) {
            return;
        }
        require(
                manifest.tables().isEmpty() && manifest.sequences().isEmpty(),
                "a partial has no tables and sequences of its own");
        require(partial.from().compareTo(manifest.position().lsn()) < 0, "a partial ends before it begins");
        unique(partial.changes(), Manifest.Changes::table, "changes of table");
        unique(partial.changes(), Manifest.Changes::entry, "changes in entry");
        Set<String> names =
                manifest.entries().stream().map(Manifest.Entry::name).collect(Collectors.toSet());
        for (Manifest.Changes changes : partial.changes()) {
            changes(changes, names);
        }
    }

    private static void changes(Manifest.Changes changes, Set<String> entries) throws DamagedException {
        String name = "changes of table " + changes.table();
        require(
                changes.entry().startsWith(EntryName.CHANGES) && entries.contains(changes.entry()),
                name + " name no entry of theirs");
        require(
                changes.inserted() >= 0 && changes.updated() >= 0 && changes.deleted() >= 0,
                name + " have numbers out of range");
        unique(changes.columns(), ChangeHeader.Column::name, name + ": column");
        unique(changes.key(), key -> key, name + ": key column");
        Set<String> columns =
                changes.columns().stream().map(ChangeHeader.Column::name).collect(Collectors.toSet());
        require(!changes.key().isEmpty() && columns.containsAll(changes.key()), name + " have no key");
        TableShape shape = changes.shape();
        if (shape != null) {
            require(shape.table().equals(changes.table()), name + " have the shape of another");
            shape(shape, name);
        }
    }

    private void totals() throws DamagedException {
        long rows = 0;
        long bytes = 0;
        for (Manifest.Table table : manifest.tables()) {
            rows = Math.addExact(rows, table.rows());
            bytes = Math.addExact(bytes, table.bytes());
        }
        Manifest.Parts parts = manifest.parts();
        require(
                parts.count() >= 0 && parts.rows() == rows && parts.bytes() == bytes,
                "the tables' rows and bytes do not add up to those of the parts");
    }

    private void media() throws DamagedException {
        Manifest.Media media = manifest.media();
        Long after = media.after();
        boolean complete = manifest.kind() == BundleKind.COMPLETE;
        require(media.files() >= 0 && media.bytes() >= 0 && media.gone() >= 0, "media has numbers out of range");
        require(
                media.managed() || (media.files() == 0 && media.bytes() == 0 && media.gone() == 0),
                "media are not managed and yet there are some");
        require(
                complete ? media.removed() == null : media.managed() == (media.removed() != null),
                "media.removed is not where it has to be");
        require(
                after == null || (complete && after >= manifest.sequence() && after <= BundleId.MAX_SEQUENCE),
                "media.after is not where it has to be, or out of range");
        boolean listed =
                manifest.entries().stream().anyMatch(entry -> entry.name().equals(EntryName.MEDIA));
        require(complete || listed == manifest.listsMedia(), "the list of media is not where it has to be");
    }

    private void volumes() throws DamagedException {
        int number = 1;
        for (Manifest.Volume volume : manifest.volumes()) {
            require(
                    volume.name().equals(new VolumeName(manifest.id(), number).fileName()),
                    "volume " + number + " has not the name that it must have");
            require(
                    volume.size() >= SMALLEST_VOLUME
                            && volume.size() % TarHeader.BLOCK == 0
                            && SHA256.matcher(volume.sha256()).matches(),
                    "volume " + number + " has a size or SHA-256 that cannot be");
            number++;
        }
    }

    private void entries() throws DamagedException {
        unique(manifest.entries(), Manifest.Entry::name, "entry");
        for (Manifest.Entry entry : manifest.entries()) {
            require(
                    EntryName.isListed(entry.name())
                            && entry.size() >= 0
                            && SHA256.matcher(entry.sha256()).matches(),
                    "an entry has a name, size or SHA-256 that cannot be");
        }
        if (manifest.kind() == BundleKind.COMPLETE) {
            Set<String> names =
                    manifest.entries().stream().map(Manifest.Entry::name).collect(Collectors.toSet());
            require(
                    names.containsAll(EntryName.OF_EVERY_COMPLETE),
                    "a complete lacks one of " + EntryName.OF_EVERY_COMPLETE);
        }
    }

    private static <T> void unique(List<T> list, Function<T, Object> key, String what) throws DamagedException {
        Set<Object> seen = new HashSet<>();
        for (T element : list) {
            require(seen.add(key.apply(element)), what + " " + key.apply(element) + " stands there twice");
        }
    }

    private static void require(boolean condition, String otherwise) throws DamagedException {
        if (!condition) {
            throw new DamagedException("manifest: " + otherwise);
        }
    }
}
