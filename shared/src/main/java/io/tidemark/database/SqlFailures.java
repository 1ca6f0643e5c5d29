package io.tidemark.database;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.sql.SQLException;

/** Classifies what PostgreSQL reports, by the SQLSTATE classes of its manual's appendix A. */
public final class SqlFailures {
    private SqlFailures() {}

    /** @param what the step that failed, e.g. {@code reading table public.a} */
    public static TidemarkException of(String what, SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        String text = what + ": " + firstLine(failure);
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "28" -> make(FailureCode.RIGHTS, text, "check database.user, its password and pg_hba.conf", failure);
            case "08", "57" ->
                make(FailureCode.DATABASE, text, "check that the database is up; the step can be repeated", failure);
            case "53" ->
                "53100".equals(state)
                        ? make(
                                FailureCode.DISK_FULL,
                                text,
                                "make room on the database's disk; the step can be repeated",
                                failure)
                        : make(
                                FailureCode.DATABASE,
                                text,
                                "the server is short of a resource; the step can be repeated",
                                failure);
            case "55", "40" ->
                make(FailureCode.DATABASE, text, "something else holds a lock; the step can be repeated", failure);
            case "3D" -> make(FailureCode.USAGE, text, "check database.url", failure);
            case "42" ->
                "42501".equals(state)
                        ? make(
                                FailureCode.RIGHTS,
                                text,
                                "grant the right that is missing; README.md lists them all",
                                failure)
                        : make(FailureCode.FAILED, text, "see the log for the whole statement", failure);
            default -> make(FailureCode.FAILED, text, "SQLSTATE " + state + "; see the log", failure);
        };
    }

    /** Whether the same transaction may succeed when run again. */
    public static boolean passing(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("40") || state.equals("55P03") || state.equals("55006");
    }

    private static TidemarkException make(FailureCode code, String text, String hint, SQLException cause) {
        return new TidemarkException(code, text, hint, cause);
    }

    private static String firstLine(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        int end = message.indexOf('\n');
        return end < 0
                ? message
                : message.substring(0, end) + " ("
                        + message.substring(end + 1).strip().replaceAll("\\s*\\n\\s*", "; ") + ")";
    }
}
