package io.tidemark.cli;

import io.tidemark.check.Finding;
import io.tidemark.check.Finding.Level;
import io.tidemark.cli.Console.Colour;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.settings.SettingsProblems;
import io.tidemark.text.Human;
import java.util.List;

/** Prints what a check found. */
public final class CheckReport {
    private final NodeCommand node;

    public CheckReport(NodeCommand node) {
        this.node = node;
    }

    /** @return the exit code */
    public int print(List<Finding> findings) {
        return print(findings, FailureCode.FAILED);
    }

    /** For settings that cannot even be read. */
    public int print(TidemarkException failure) {
        List<Finding> findings = SettingsProblems.of(failure)
                .map(problems -> problems.stream()
                        .map(problem -> Finding.problem(problem.key(), problem.what(), problem.remedy()))
                        .toList())
                .orElseThrow(() -> failure);
        int exit = print(findings, failure.code());
        if (!node.json()) {
            node.console().line("everything else is tried once the settings are good");
        }
        return exit;
    }

    private int print(List<Finding> findings, FailureCode code) {
        long problems = count(findings, Level.PROBLEM);
        if (node.json()) {
            node.console().json(new Answer(problems == 0, findings));
        } else {
            findings.forEach(this::line);
            node.console().line(summary(problems, count(findings, Level.NOTE)));
        }
        return problems == 0 ? 0 : code.exitCode();
    }

    private void line(Finding finding) {
        Console console = node.console();
        console.line(mark(finding.level()) + " " + finding.key() + ": " + finding.what());
        if (!finding.remedy().isEmpty()) {
            console.line("         " + console.paint(Colour.DIM, finding.remedy()));
        }
    }

    private String mark(Level level) {
        Console console = node.console();
        return switch (level) {
            case OK -> console.paint(Colour.GREEN, "ok      ");
            case NOTE -> console.paint(Colour.YELLOW, "note    ");
            case PROBLEM -> console.paint(Colour.RED, "problem ");
        };
    }

    private static String summary(long problems, long notes) {
        String found = problems == 0 ? "no problems" : Human.count(problems, "problem");
        return found + (notes == 0 ? "" : ", " + Human.count(notes, "note"));
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    /** @param ok whether there is no problem */
    record Answer(boolean ok, List<Finding> findings) {}
}
