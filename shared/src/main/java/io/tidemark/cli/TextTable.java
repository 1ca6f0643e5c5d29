package io.tidemark.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns for people: two blanks apart, numbers to the right. */
public final class TextTable {
    private final List<String> titles;
    private final boolean[] right;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param titles one that begins with {@code >} stands over a column that is aligned to the right */
    public TextTable(String... titles) {
        this.titles = new ArrayList<>();
        this.right = new boolean[titles.length];
        for (int i = 0; i < titles.length; i++) {
            right[i] = titles[i].startsWith(">");
            this.titles.add(right[i] ? titles[i].substring(1) : titles[i]);
        }
    }

    public void row(String... cells) {
        if (cells.length != titles.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + titles.size() + " columns");
        }
        rows.add(List.of(cells));
    }

    public List<String> lines() {
        int[] widths = new int[titles.size()];
        List<List<String>> all = new ArrayList<>();
        all.add(titles);
        all.addAll(rows);
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String blanks = " ".repeat(widths[i] - width(row.get(i)));
            line.append(i == 0 ? "" : "  ").append(right[i] ? blanks + row.get(i) : row.get(i) + blanks);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
