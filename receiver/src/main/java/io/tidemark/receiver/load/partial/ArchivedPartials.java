package io.tidemark.receiver.load.partial;

import io.tidemark.bundle.Manifest;
import io.tidemark.change.Cell;
import io.tidemark.change.ChangeHeader;
import io.tidemark.change.RowChange;
import io.tidemark.failure.DamagedException;
import io.tidemark.position.Lsn;
import io.tidemark.receiver.inbox.BundleFolder;
import io.tidemark.receiver.inbox.ChangeFile;
import io.tidemark.receiver.inbox.Problems;
import io.tidemark.receiver.load.LaterPartials;
import io.tidemark.receiver.load.Statements;
import io.tidemark.table.TableName;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Partials in the archive that end after a complete's position and are loaded. */
public final class ArchivedPartials implements LaterPartials {
    private static final String SHIELD = "pg_temp.tidemark_shield";

    private final Lsn cut;
    private final List<BundleFolder> partials;
    private final Optional<String> overtaken;

    private ArchivedPartials(Lsn cut, List<BundleFolder> partials, Optional<String> overtaken) {
        this.cut = cut;
        this.partials = List.copyOf(partials);
        this.overtaken = overtaken;
    }

    /** Nothing went beyond the complete. */
    public static ArchivedPartials none() {
        return new ArchivedPartials(new Lsn(0), List.of(), Optional.empty());
    }

    static ArchivedPartials missing(String bundle) {
        return overtaken("bundle " + bundle + ", which is loaded and goes beyond it, is missing in the archive");
    }

    private static ArchivedPartials overtaken(String reason) {
        return new ArchivedPartials(new Lsn(0), List.of(), Optional.of("it was overtaken: " + reason));
    }

    /** @param partials in the order of their ends */
    static ArchivedPartials of(Manifest complete, List<BundleFolder> partials) throws IOException {
        for (BundleFolder partial : partials) {
            try {
                partial.checkEntries(Problems.refuse());
            } catch (DamagedException damaged) {
                return overtaken("bundle " + partial.manifest().id() + " in the archive: " + damaged.reason());
            }
        }
        return Overtaking.reason(
                        complete, partials.stream().map(BundleFolder::manifest).toList())
                .map(ArchivedPartials::overtaken)
                .orElseGet(() -> new ArchivedPartials(complete.position().lsn(), partials, Optional.empty()));
    }

    /** Why the complete cannot be merged any more; the next one can. */
    public Optional<String> overtaken() {
        return overtaken;
    }

    /** One table's changes in one partial. */
    private record Part(BundleFolder bundle, Manifest.Changes changes) {
        Lsn from() {
            return Objects.requireNonNull(bundle.manifest().partial()).from();
        }

        Lsn to() {
            return bundle.manifest().position().lsn();
        }
    }

    private List<Part> parts(TableName table) {
        List<Part> parts = new ArrayList<>();
        for (BundleFolder bundle : partials) {
            for (Manifest.Changes changes : Targets.changes(bundle.manifest())) {
                if (changes.table().equals(table)) {
                    parts.add(new Part(bundle, changes));
                }
            }
        }
        return parts;
    }

    @Override
    public Shield shield(Connection connection, TableName table) throws SQLException, IOException {
        List<Part> parts = parts(table);
        if (parts.isEmpty()) {
            return Shield.NONE;
        }
        List<String> key = parts.get(0).changes().key();
        if (parts.stream().anyMatch(part -> part.changes().truncated())) {
            return new Shield("", key, true);
        }
        TargetColumns columns = TargetColumns.read(connection, table);
        Statements.execute(
                connection,
                "CREATE TEMP TABLE " + SHIELD + " ON COMMIT DROP AS SELECT "
                        + key.stream()
                                .map(name -> columns.casts().containsKey(name)
                                        ? "CAST(" + TableName.quote(name) + " AS "
                                                + columns.casts().get(name) + ") AS " + TableName.quote(name)
                                        : TableName.quote(name))
                                .collect(Collectors.joining(", "))
                        + " FROM ONLY " + table.quoted() + " WHERE false");
        for (Part part : parts) {
            fill(connection, part, key);
        }
        Statements.execute(connection, "ANALYZE " + SHIELD);
        return new Shield(SHIELD, key, false);
    }

    private static void fill(Connection connection, Part part, List<String> key) throws SQLException, IOException {
        String names = key.stream().map(TableName::quote).collect(Collectors.joining(", "));
        try (ChangeFile file = ChangeFile.open(part.bundle().path(), part.changes());
                CopyLines copy = new CopyLines(connection, "COPY " + SHIELD + " (" + names + ") FROM STDIN")) {
            ChangeHeader header = file.header();
            Set<String> written = new HashSet<>(header.key());
            int[] places = key.stream().mapToInt(header.key()::indexOf).toArray();
            if (written.size() != key.size()) {
                throw new DamagedException(part.changes().entry() + ": another key than before");
            }
            for (RowChange change = file.next(); change != null; change = file.next()) {
                List<Cell> cells = change.cells();
                write(
                        copy,
                        change.op() == RowChange.Op.DELETE
                                ? cells
                                : header.keyPlaces().stream().map(cells::get).toList(),
                        places);
                for (RowChange.Formerly former : change.formerly()) {
                    write(copy, former.key(), places);
                }
            }
            copy.finish();
        }
    }

    private static void write(CopyLines copy, List<Cell> key, int[] places) throws SQLException {
        IntStream.of(places).forEach(place -> copy.cell(key.get(place)));
        copy.endRow();
    }

    @Override
    public boolean apply(Connection connection, TableName table) throws SQLException, IOException {
        Lsn position = cut;
        boolean any = false;
        for (Part part : parts(table)) {
            new TableChanges(connection, part.bundle().path(), part.changes(), position).apply(part.from());
            position = part.to();
            any = true;
        }
        return any;
    }
}
