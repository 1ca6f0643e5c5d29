package io.tidemark.sender.capture;

import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.PartRecord;
import io.tidemark.table.Column;
import io.tidemark.table.TableName;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes {@code restore.sql}, with which psql, zstd and a shell bring the database back. It is run in the bundle's unpacked folder, on an
 * empty database; the environment variable BLOBS names the folder of the contents, {@code ./blobs} unless set.
 */
final class RestoreScript implements Closeable {
    private static final String HEAD = """
            -- Restores %s into an empty database, without Tidemark:
            --   psql -X -d NEW_DATABASE -f restore.sql        (in the folder that holds this file)
            -- The contents are looked for in the folder that the environment variable BLOBS names, else in ./blobs.
            \\set ON_ERROR_STOP on
            SET client_encoding = 'UTF8'; SET TimeZone = 'UTC'; SET DateStyle = 'ISO, MDY'; SET IntervalStyle = 'postgres';
            SET standard_conforming_strings = on; SET check_function_bodies = off; SET xmloption = content; SET lc_monetary = 'C';
            SET client_min_messages = warning; SET row_security = off; SET search_path = '';
            \\ir ddl/pre-data.sql
            """;

    private final Writer writer;

    RestoreScript(Path file, String bundle) throws IOException {
        writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        writer.write(HEAD.formatted(bundle));
    }

    /** The shell looks for the content as it is stored: compressed or not. */
    void part(PartPlan plan, PartRecord line) throws IOException {
        String columns = plan.table().shape().copied().stream()
                .map(Column::name)
                .map(TableName::quote)
                .collect(Collectors.joining(", "));
        String blob = line.blob().hex().substring(0, 2) + "/" + line.blob().hex();
        writer.write("\\copy " + plan.table().shape().table().quoted() + (columns.isEmpty() ? "" : " (" + columns + ")")
                + " from program 'f=\"${BLOBS:-./blobs}\"/" + blob
                + "; if [ -e \"$f.zst\" ]; then zstd -dcq \"$f.zst\"; else cat \"$f\"; fi' with (format "
                + plan.format().word()
                + ")\n");
    }

    void finish(List<Manifest.Sequence> sequences) throws IOException {
        for (Manifest.Sequence sequence : sequences) {
            String name =
                    new TableName(sequence.schema(), sequence.name()).quoted().replace("'", "''");
            writer.write("SELECT pg_catalog.setval('" + name + "', " + sequence.lastValue() + ", " + sequence.called()
                    + ") \\g /dev/null\n");
        }
        // An owner who is no superuser would be told of every catalogue that he may not analyze.
        writer.write("\\ir ddl/post-data.sql\nSET client_min_messages = error; ANALYZE;\n");
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
