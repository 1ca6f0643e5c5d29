package io.tidemark.deploy.soak;

import java.util.Set;

/** A value for each number, as an SQL literal: different ones for different numbers, but for flags and labels. */
final class Ordinary {
    private static final Set<String> UNKNOWN = Set.of("mood", "varbit", "point", "bool", "text[]", "json");

    private Ordinary() {}

    static boolean knows(String type) {
        return !UNKNOWN.contains(type);
    }

    static String value(String type, int number) {
        return switch (type) {
            case "int", "bigint", "numeric", "money" -> Integer.toString(number);
            case "float8" -> number + ".25";
            case "date" -> "date '2000-01-01' + " + number;
            case "timestamptz" -> "timestamptz '2000-01-01 00:00:00+00' + interval '" + number + " minutes'";
            case "interval" -> "interval '" + number + " seconds'";
            case "time" -> "time '00:00' + interval '" + number + " seconds'";
            case "uuid" -> "md5('" + number + "')::uuid";
            case "bytea" -> "decode(md5('" + number + "'), 'hex')";
            case "jsonb" -> "jsonb_build_object('n', " + number + ")";
            case "int[]" -> "array[" + number + ", null]";
            case "int4range" -> "int4range(" + number + ", " + (number + 7) + ")";
            case "inet" -> "inet '10.0.0.0' + " + number;
            case "char(5)" -> "'" + Integer.toString(number, 36) + "'";
            default -> "'w" + number + "'";
        };
    }
}
