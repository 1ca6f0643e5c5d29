package io.tidemark.settings;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** One field of a cron line: {@code *}, numbers, names, ranges, steps, and lists of them. */
enum CronField {
    MINUTE("minute", 0, 59, ""),
    HOUR("hour", 0, 23, ""),
    DAY("day of month", 1, 31, ""),
    MONTH("month", 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
    /** 0 and 7 are Sunday. */
    WEEKDAY("day of week", 0, 7, "sun mon tue wed thu fri sat");

    private final String label;
    private final int least;
    private final int most;
    private final String names;

    CronField(String label, int least, int most, String names) {
        this.label = label;
        this.least = least;
        this.most = most;
        this.names = names;
    }

    BitSet parse(String text) throws BadValue {
        BitSet values = new BitSet();
        for (String item : text.split(",", -1)) {
            addItem(item, values);
        }
        if (this == WEEKDAY && values.get(7)) {
            values.set(0);
            values.clear(7);
        }
        return values;
    }

    private void addItem(String item, BitSet values) throws BadValue {
        String[] range = item.split("/", -1);
        if (range.length > 2) {
            throw bad(item);
        }
        int step = range.length == 2 ? number(range[1], item) : 1;
        int from = least;
        int to = most;
        if (!range[0].equals("*")) {
            String[] ends = range[0].split("-", -1);
            from = value(ends[0], item);
            to = ends.length == 2 ? value(ends[1], item) : range.length == 2 ? most : from;
            if (ends.length > 2) {
                throw bad(item);
            }
        }
        if (step < 1 || from < least || to > most || from > to) {
            throw bad(item);
        }
        for (int value = from; value <= to; value += step) {
            values.set(value);
        }
    }

    private int value(String text, String item) throws BadValue {
        int named = text.isEmpty() ? -1 : List.of(names.split(" ")).indexOf(text.toLowerCase(Locale.ROOT));
        return named >= 0 ? named + least : number(text, item);
    }

    private int number(String text, String item) throws BadValue {
        if (!text.matches("\\d{1,4}")) {
            throw bad(item);
        }
        return Integer.parseInt(text);
    }

    private BadValue bad(String item) {
        return new BadValue(
                "\"" + item + "\" is not a " + label,
                "take " + least + " to " + most + ", *, lists (1,2), ranges (1-5), steps (*/5)");
    }
}
