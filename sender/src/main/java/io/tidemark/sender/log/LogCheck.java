package io.tidemark.sender.log;

import io.tidemark.bundle.Manifest.LeftOut;
import io.tidemark.check.Finding;
import io.tidemark.database.Catalogue;
import io.tidemark.database.Database;
import io.tidemark.database.Relation;
import io.tidemark.failure.TidemarkException;
import io.tidemark.settings.TableSelection;
import io.tidemark.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether partials can be made from the log, and what an administrator has to do for it once. Changes nothing. */
public final class LogCheck {
    private static final String KEY = "partial.mode";
    private static final int MOST_NAMED = 20;

    private LogCheck() {}

    /** @param needed whether the settings ask for the log and nothing else */
    public static List<Finding> findings(Database database, LogNames names, TableSelection wanted, boolean needed) {
        try (LogSource source = LogSource.open(database, names)) {
            Optional<String> obstacle = source.obstacle();
            if (obstacle.isPresent()) {
                String what = "the log cannot be read: " + obstacle.get();
                String remedy = "run that as a superuser, or set partial.mode=watermark or partial.mode=off";
                return List.of(needed ? Finding.problem(KEY, what, remedy) : Finding.note(KEY, what, remedy));
            }
            Catalogue catalogue = source.catalogue(wanted);
            List<Finding> findings = new ArrayList<>();
            Publication.Standing publication = source.publication(catalogue, wanted);
            findings.addAll(publication(names, publication, needed));
            findings.addAll(silence(source, database));
            findings.addAll(waitingCommits(source, database));
            findings.addAll(leftOut(publication.excluded(), catalogue));
            return findings;
        } catch (TidemarkException failure) {
            return List.of(Finding.problem(KEY, failure.text(), failure.hint()));
        }
    }

    private static List<Finding> publication(LogNames names, Publication.Standing publication, boolean needed) {
        if (publication.todo().isEmpty()) {
            return List.of(Finding.ok(
                    KEY,
                    "partials are made from the log: publication " + names.publication()
                            + (publication.exists() ? " is there" : " will be created")));
        }
        String what = "the role may not change publication " + names.publication();
        String remedy = "as the owner of the tables or a superuser, in this database: "
                + String.join("; ", publication.todo())
                + " (a role that is a member of the tables' owner and has CREATE on the database does so by itself)";
        return List.of(
                needed && !publication.exists() ? Finding.problem(KEY, what, remedy) : Finding.note(KEY, what, remedy));
    }

    private static List<Finding> silence(LogSource source, Database database) {
        Optional<LogPeek> peek = source.peek();
        if (peek.isPresent()) {
            peek.get().end();
            return List.of();
        }
        String role = TableName.quote(database.user());
        return List.of(Finding.note(
                KEY,
                "changes are streamed all the time, which costs a busy primary more than a look at each partial: the role may not keep what"
                        + " the server says of each look out of the server's log",
                "as a superuser: GRANT SET ON PARAMETER log_min_messages TO " + role
                        + " (before PostgreSQL 15: ALTER ROLE " + role + " SET log_min_messages = fatal)"));
    }

    private static List<Finding> waitingCommits(LogSource source, Database database) {
        return source.seesWaitingCommits()
                ? List.of()
                : List.of(Finding.note(
                        KEY,
                        "the role may not see which commits wait for a synchronous standby: a change of a table's definition that"
                                + " does may be noticed one partial late",
                        "as a superuser: GRANT pg_read_all_stats TO " + TableName.quote(database.user())));
    }

    /** One finding for each reason. Tables that have no key at all are told of with those that completes take. */
    private static List<Finding> leftOut(List<LeftOut> excluded, Catalogue catalogue) {
        Set<String> keyless = catalogue.relations().stream()
                .map(Relation::name)
                .filter(name -> catalogue
                        .table(name)
                        .filter(table -> table.shape().key().isEmpty())
                        .isPresent())
                .map(name -> "table " + name)
                .collect(Collectors.toSet());
        List<Finding> findings = new ArrayList<>();
        for (Identity.Problem problem : Identity.Problem.values()) {
            List<String> tables = excluded.stream()
                    .filter(table -> table.reason().equals(problem.text()))
                    .map(LeftOut::object)
                    .filter(table -> problem == Identity.Problem.UNLOGGED || !keyless.contains(table))
                    .toList();
            if (!tables.isEmpty()) {
                String more = tables.size() > MOST_NAMED ? " and " + (tables.size() - MOST_NAMED) + " more" : "";
                findings.add(Finding.note(
                        "tables.include",
                        String.join(", ", tables.subList(0, Math.min(MOST_NAMED, tables.size()))) + more
                                + (tables.size() == 1 ? " travels" : " travel") + " with completes only: "
                                + problem.text(),
                        problem.remedy()));
            }
        }
        return findings;
    }
}
