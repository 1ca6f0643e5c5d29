package io.tidemark.sender.capture;

import io.tidemark.database.Database;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.table.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Runs pg_dump for one section of the schema. A password goes through the environment of that process, never its command line. */
final class PgDump {
    private static final List<String> ALWAYS = List.of(
            "--no-password",
            "--encoding=UTF8",
            "--no-publications",
            "--no-subscriptions",
            "--no-security-labels",
            "--no-tablespaces",
            "--no-blobs",
            "--exclude-schema=tidemark");

    private final Database database;
    private final CaptureOptions options;

    PgDump(Database database, CaptureOptions options) {
        this.database = database;
        this.options = options;
    }

    /**
     * @param section {@code pre-data} or {@code post-data}
     * @param snapshot an exported snapshot
     * @return what pg_dump printed
     */
    String run(String section, String snapshot, List<TableName> excludedRelations, List<String> excludedSchemas) {
        List<String> command = new ArrayList<>(List.of(options.pgDump().toString()));
        command.addAll(ALWAYS);
        command.add("--section=" + section);
        command.add("--snapshot=" + snapshot);
        command.add("--lock-wait-timeout=" + database.lockTimeout().toMillis());
        if (!options.owners()) {
            command.add("--no-owner");
        }
        if (!options.grants()) {
            command.add("--no-privileges");
        }
        excludedRelations.forEach(name -> command.add("--exclude-table=" + name.quoted()));
        excludedSchemas.forEach(name -> command.add("--exclude-schema=" + TableName.quote(name)));
        try {
            return execute(command);
        } catch (IOException failure) {
            throw new TidemarkException(
                    FailureCode.FAILED,
                    "cannot run " + options.pgDump() + ": " + failure.getMessage(),
                    "install the PostgreSQL client programs, or set pg-dump",
                    failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TidemarkException(FailureCode.FAILED, "pg_dump was stopped", "start the complete again", stopped);
        }
    }

    private String execute(List<String> command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("tidemark-pg_dump", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            connection(builder.environment());
            Process process = builder.start();
            process.getOutputStream().close();
            String dump;
            try (InputStream output = process.getInputStream()) {
                dump = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            } finally {
                if (Thread.currentThread().isInterrupted()) {
                    process.destroyForcibly();
                }
            }
            int exit = process.waitFor();
            if (exit != 0) {
                throw new TidemarkException(
                        FailureCode.DATABASE,
                        "pg_dump ended with " + exit + ": "
                                + Files.readString(errors).strip().replace("\n", "; "),
                        "the role needs SELECT on everything that is included; see tidemark-sender check");
            }
            return dump;
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    private void connection(Map<String, String> environment) {
        Properties target = database.target();
        environment.put("PGHOST", target.getProperty("PGHOST", "localhost"));
        environment.put("PGPORT", target.getProperty("PGPORT", "5432"));
        environment.put("PGDATABASE", target.getProperty("PGDBNAME", database.user()));
        environment.put("PGUSER", database.user());
        environment.put("PGAPPNAME", "tidemark complete");
        environment.put("PGCLIENTENCODING", "UTF8");
        environment.put("LC_MESSAGES", "C");
        pass(environment, "PGPASSWORD", database.password());
        pass(environment, "PGSSLMODE", target.getProperty("sslmode"));
        pass(environment, "PGSSLROOTCERT", target.getProperty("sslrootcert"));
    }

    private static void pass(
            Map<String, String> environment, String name, @org.jspecify.annotations.Nullable String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }
}
