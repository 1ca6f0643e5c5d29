package io.tidemark.sender.capture;

import io.tidemark.check.Finding;
import io.tidemark.database.Database;
import io.tidemark.database.LoginFinding;
import io.tidemark.database.SqlFailures;
import io.tidemark.failure.TidemarkException;
import io.tidemark.settings.TableSelection;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tries everything that a complete needs of the primary's database, reading alone. */
public final class SourceCheck {
    private static final int OLDEST = 140_000;
    private static final int TOO_NEW = 190_000;
    private static final double CLOCK_SECONDS = 60;

    private final Database database;
    private final TableSelection tables;
    private final Optional<Path> pgDump;
    private final List<Finding> findings = new ArrayList<>();

    public SourceCheck(Database database, TableSelection tables, Optional<Path> pgDump) {
        this.database = database;
        this.tables = tables;
        this.pgDump = pgDump;
    }

    public List<Finding> findings() {
        try (Connection connection = database.open("tidemark check")) {
            ServerFacts facts = ServerFacts.read(connection);
            version(facts);
            encoding(facts);
            position(facts);
            clock(facts);
            pgDump(facts);
            findings.addAll(
                    new TableCheck(connection, SelectedTables.catalogue(connection, tables), tables).findings());
        } catch (SQLException failure) {
            findings.add(LoginFinding.failed(database, failure));
        }
        return findings;
    }

    private void version(ServerFacts facts) {
        String what = "logged in at " + database + ", PostgreSQL " + facts.versionText();
        if (facts.version() < OLDEST) {
            findings.add(Finding.problem("database.url", what + ", older than 14", "upgrade the server"));
        } else if (facts.version() >= TOO_NEW) {
            findings.add(Finding.note("database.url", what + ", newer than 18", "Tidemark was not tried with it"));
        } else {
            findings.add(Finding.ok("database.url", what));
        }
    }

    private void encoding(ServerFacts facts) {
        if (facts.encoding().equals("UTF8")) {
            findings.add(Finding.ok("database.url", "the database's encoding is UTF8"));
        } else if (facts.convertible()) {
            findings.add(
                    Finding.ok("database.url", "the database's encoding " + facts.encoding() + " travels as UTF8"));
        } else {
            findings.add(Finding.problem(
                    "database.url",
                    "the database's encoding " + facts.encoding() + " cannot be turned into UTF8",
                    "dump the database and restore it into one created with ENCODING 'UTF8'"));
        }
    }

    /** Not fatal: with less a complete is still one snapshot, only its position is less exact. */
    private void position(ServerFacts facts) {
        List<String> missing = new ArrayList<>();
        if (!facts.walLevel().equals("logical")) {
            missing.add("wal_level is " + facts.walLevel() + ": ALTER SYSTEM SET wal_level = logical, then restart");
        }
        if (!facts.mayReplicate()) {
            missing.add("the role may not replicate: ALTER ROLE … REPLICATION");
        }
        if (facts.standby()) {
            missing.add("the server is a standby");
        }
        if (facts.freeSlots() < 1) {
            missing.add("no replication slot is free: raise max_replication_slots");
        }
        if (missing.isEmpty()) {
            replicationLogin().ifPresent(missing::add);
        }
        findings.add(
                missing.isEmpty()
                        ? Finding.ok("database.user", "completes have an exact position, from a replication slot")
                        : Finding.note(
                                "database.user",
                                "completes have the position of an ordinary snapshot",
                                String.join("; ", missing)));
    }

    private Optional<String> replicationLogin() {
        try (Connection connection = database.openReplication("tidemark check")) {
            return connection.isClosed() ? Optional.of("the replication connection broke") : Optional.empty();
        } catch (SQLException failure) {
            return Optional.of(SqlFailures.of("replication login", failure).text());
        }
    }

    private void clock(ServerFacts facts) {
        double apart = Math.abs(Instant.now().toEpochMilli() / 1000.0 - facts.clock());
        if (apart > CLOCK_SECONDS) {
            findings.add(Finding.note(
                    "database.url",
                    String.format(Locale.ROOT, "this clock and the database server's are %.0f s apart", apart),
                    "let both follow a time server; nothing is lost by it, but times shown will puzzle"));
        }
    }

    private void pgDump(ServerFacts facts) {
        try {
            PgDumpPrograms.Program program = PgDumpPrograms.choose(pgDump, facts.version());
            findings.add(Finding.ok("pg-dump", program.path() + " is of version " + program.major()));
        } catch (TidemarkException unsuited) {
            findings.add(Finding.problem("pg-dump", unsuited.text(), unsuited.hint()));
        }
    }
}
