package io.tidemark.sender.log;

import io.tidemark.check.Finding;
import io.tidemark.database.Database;
import io.tidemark.failure.TidemarkException;
import io.tidemark.settings.TableSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether partials can be made from the log, and what an administrator has to do for it once. Changes nothing. */
public final class LogCheck {
    private static final String KEY = "partial.mode";

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
            return findings(names, source.publication(source.catalogue(), wanted), needed);
        } catch (TidemarkException failure) {
            return List.of(Finding.problem(KEY, failure.text(), failure.hint()));
        }
    }

    private static List<Finding> findings(LogNames names, Publication.Standing publication, boolean needed) {
        List<Finding> findings = new ArrayList<>();
        if (publication.todo().isEmpty()) {
            findings.add(Finding.ok(
                    KEY,
                    "partials are made from the log: publication " + names.publication()
                            + (publication.exists() ? " is there" : " will be created")));
        } else {
            String what = "the role may not change publication " + names.publication();
            String remedy = "as the owner of the tables or a superuser, in this database: "
                    + String.join("; ", publication.todo())
                    + " (a role that is a member of the tables' owner and has CREATE on the database does so by itself)";
            findings.add(
                    needed && !publication.exists()
                            ? Finding.problem(KEY, what, remedy)
                            : Finding.note(KEY, what, remedy));
        }
        publication.excluded().stream()
                .filter(table -> !table.reason().endsWith("a right is missing"))
                .forEach(table -> findings.add(Finding.note(
                        "tables.include",
                        table.object() + " travels with completes only: " + table.reason(),
                        "give it a primary key to have it in partials")));
        return findings;
    }
}
