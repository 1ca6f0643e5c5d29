package io.tidemark.deploy.soak;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Random values as SQL literals: mostly ordinary ones, and often enough those that others trip over. */
final class Values {
    private static final Map<String, List<String>> AWKWARD = new TreeMap<>();

    static {
        AWKWARD.put("int", List.of("-2147483648", "2147483647", "0"));
        AWKWARD.put("bigint", List.of("-9223372036854775808", "9223372036854775807", "0"));
        AWKWARD.put("numeric", List.of("'NaN'", "'Infinity'", "1.0", "1.000", "-0.00000000000000000001", "1e30"));
        AWKWARD.put("float8", List.of("'NaN'", "'-Infinity'", "'-0'", "0.1", "1e-308", "3.3333333333333335"));
        AWKWARD.put(
                "text",
                List.of(
                        "''",
                        "E'tab\\tnew\\nline\\\\N'",
                        "'\"quoted\" ''twice'''",
                        "'\\N'",
                        "'ž 漢 🚌'",
                        "E'\\b\\r'",
                        "' '"));
        AWKWARD.put("char(5)", List.of("''", "'ab'", "'abcde'"));
        AWKWARD.put("bytea", List.of("''", "'\\x00ff5c27'"));
        AWKWARD.put("date", List.of("'infinity'", "'-infinity'", "'0044-03-15 BC'", "'5874897-12-31'"));
        AWKWARD.put(
                "timestamptz", List.of("'infinity'", "'0001-01-01 00:00:00+00 BC'", "'2024-10-27 02:30:00.123456+01'"));
        AWKWARD.put("interval", List.of("'-1 year 2 mons -3 days 04:05:06.789'", "'0'", "'100 years'"));
        AWKWARD.put("bool", List.of("true", "false"));
        AWKWARD.put("uuid", List.of("'00000000-0000-0000-0000-000000000000'"));
        AWKWARD.put("jsonb", List.of("'null'", "'{}'", "'[1, null, \"\\u00e9\", 1.10]'", "'\"text\"'"));
        AWKWARD.put("json", List.of("'{ \"a\" : 1.10, \"a\": 2 }'", "'[]'"));
        AWKWARD.put("int[]", List.of("'{}'", "'{NULL,1}'", "'[2:3]={1,2}'", "'{{1,2},{3,NULL}}'"));
        AWKWARD.put("text[]", List.of("'{}'", "'{NULL,\"NULL\",\"a,b\",\"\\\"\"}'"));
        AWKWARD.put("mood", List.of("'low'", "'high'", "'it''s \"odd\", so'"));
        AWKWARD.put("short", List.of("''", "'short'"));
        AWKWARD.put("int4range", List.of("'empty'", "'(,)'", "'[1,5)'", "'(,3]'"));
        AWKWARD.put("inet", List.of("'::1'", "'10.0.0.0/8'"));
        AWKWARD.put("varbit", List.of("''", "'10101'"));
        AWKWARD.put("time", List.of("'24:00:00'", "'00:00:00.000001'"));
        AWKWARD.put("money", List.of("'-1.5'", "'1000000'"));
        AWKWARD.put("point", List.of("'(1.5,-0)'", "'(NaN,Infinity)'"));
    }

    /** Every type that a column may have. */
    static final List<String> TYPES = List.copyOf(AWKWARD.keySet());

    /** Types of key columns. Few values each, so that writers meet. */
    static final List<String> KEY_TYPES = List.of("int", "bigint", "text", "date", "uuid", "numeric", "char(5)");

    private Values() {}

    static String any(Random random, String type) {
        int dice = random.nextInt(10);
        if (dice == 0) {
            return "null";
        }
        List<String> awkward = AWKWARD.getOrDefault(type, List.of());
        if ((dice < 4 && !awkward.isEmpty()) || !Ordinary.knows(type)) {
            return awkward.get(random.nextInt(awkward.size()));
        }
        return type.equals("text") && dice == 9 ? large(random) : Ordinary.value(type, random.nextInt(100_000));
    }

    /** One of {@code count} values that are told apart. */
    static String key(Random random, String type, int count) {
        int number = random.nextInt(count);
        return type.equals("numeric") && random.nextInt(8) == 0 ? number + ".00" : Ordinary.value(type, number);
    }

    /** Stays outside of the row. */
    static String large(Random random) {
        return "repeat(md5('" + random.nextInt(1000) + "'), " + (80 + random.nextInt(250)) + ")";
    }
}
