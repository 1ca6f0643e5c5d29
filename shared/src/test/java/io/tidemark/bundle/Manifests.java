package io.tidemark.bundle;

import io.tidemark.position.Lsn;
import io.tidemark.position.Position;
import io.tidemark.position.SourceIdentity;
import io.tidemark.table.Column;
import io.tidemark.table.DataFormat;
import io.tidemark.table.TableDigest;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.time.Instant;
import java.util.List;

/** A manifest that says something of everything. */
final class Manifests {
    static final BundleId ID = new BundleId("transapp", 42, BundleKind.COMPLETE, Instant.parse("2025-01-31T03:30:00Z"));

    private static final String HEX = "ab".repeat(32);

    private Manifests() {}

    static Manifest full() {
        TableShape shape = new TableShape(
                new TableName("public", "Größe \"x\".y"),
                List.of(
                        new Column("id", "bigint", true, Column.Identity.BY_DEFAULT, false, ""),
                        new Column("name", "character varying(30)", false, Column.Identity.NONE, false, "'x'::text"),
                        new Column("upper", "text", false, Column.Identity.NONE, true, "upper((name)::text)")),
                List.of("id"),
                List.of(new TableShape.Check("x_check", "CHECK ((id > 0))")));
        return new Manifest(
                Manifest.FORMAT,
                "tidemark 0.1.0",
                ID.source(),
                ID.sequence(),
                ID.kind(),
                "pre-deploy",
                ID.created(),
                new SourceIdentity("7312345678901234567", 16384, 1),
                new Position(Position.Kind.CONSISTENT_POINT, Lsn.parse("16/B374D848"), "740:745:740,742"),
                HEX,
                null,
                new Manifest.Server(150008, "UTF8"),
                List.of(new Manifest.Table(
                        shape, shape.fingerprint(), DataFormat.BINARY, 512, 1000, 23_000, new TableDigest(1, -2))),
                List.of(new Manifest.Sequence("public", "x_id_seq", -7, true)),
                new Manifest.Parts(2, 1000, 23_000),
                new Manifest.Media(true, 3, 70_000),
                List.of(new Manifest.Volume(new VolumeName(ID, 1).fileName(), 10_240, HEX)),
                EntryName.OF_EVERY_COMPLETE.stream()
                        .map(name -> new Manifest.Entry(name, 77, HEX))
                        .toList(),
                List.of(new Manifest.LeftOut("foreign key public.a.a_b_fkey", "refers to a table that is left out")));
    }
}
