package io.tidemark.receiver.load;

import io.tidemark.check.Finding;
import io.tidemark.database.Database;
import io.tidemark.database.LoginFinding;
import io.tidemark.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Tries everything that a load needs of the analytics database, and leaves it as it was. */
public final class TargetCheck {
    private static final int OLDEST = 140_000;
    private static final int GRANTABLE_PARAMETERS = 150_000;

    private final Database database;
    private final List<Finding> findings = new ArrayList<>();

    public TargetCheck(Database database) {
        this.database = database;
    }

    public List<Finding> findings() {
        try (Connection connection = database.open("tidemark check")) {
            TargetFacts facts = TargetFacts.read(connection);
            version(facts);
            encoding(facts);
            if (facts.standby()) {
                findings.add(
                        Finding.problem("database.url", "the server is a standby", "name the primary of that pair"));
            } else {
                rights(facts);
                triggers(connection, facts);
            }
        } catch (SQLException failure) {
            findings.add(LoginFinding.failed(database, failure));
        }
        return findings;
    }

    private void version(TargetFacts facts) {
        String what = "logged in at " + database + ", PostgreSQL " + facts.versionText();
        findings.add(
                facts.version() >= OLDEST
                        ? Finding.ok("database.url", what)
                        : Finding.problem("database.url", what + ", older than 14", "upgrade the server"));
    }

    private void encoding(TargetFacts facts) {
        findings.add(
                facts.encoding().equals("UTF8")
                        ? Finding.ok("database.url", "the database's encoding is UTF8")
                        : Finding.problem(
                                "database.url",
                                "the database's encoding is " + facts.encoding() + ", which does not hold every text",
                                "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0, and name that"));
    }

    private void rights(TargetFacts facts) {
        if (facts.mayCreate()) {
            findings.add(Finding.ok("database.user", "may create schemas in database " + facts.database()));
        } else {
            findings.add(Finding.problem(
                    "database.user",
                    "may not create schemas in database " + facts.database(),
                    "GRANT CREATE ON DATABASE " + TableName.quote(facts.database()) + " TO "
                            + TableName.quote(facts.role())));
        }
        if (facts.hasSchema() && !facts.mayUseSchema()) {
            findings.add(Finding.problem(
                    "database.user",
                    "may not create tables in schema tidemark, which somebody else made",
                    "ALTER SCHEMA tidemark OWNER TO " + TableName.quote(facts.role())));
        }
    }

    /** Merges must not fire the replica's triggers, nor meet its foreign keys half way. */
    private void triggers(Connection connection, TargetFacts facts) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            statement.execute("RESET session_replication_role");
            findings.add(Finding.ok("database.user", "may set session_replication_role"));
        } catch (SQLException refused) {
            if (!"42501".equals(refused.getSQLState())) {
                throw refused;
            }
            String role = TableName.quote(facts.role());
            findings.add(Finding.problem(
                    "database.user",
                    "may not set session_replication_role, which every merge needs",
                    facts.version() >= GRANTABLE_PARAMETERS
                            ? "as a superuser: GRANT SET ON PARAMETER session_replication_role TO " + role
                            : "before PostgreSQL 15 only a superuser may: ALTER ROLE " + role
                                    + " SUPERUSER, or upgrade"));
        }
    }
}
