package io.tidemark.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompactorTest {
    private static final int[] KEY = {0};

    private final Compactor compactor = new Compactor(KEY, false);

    private static Tuple row(String... values) {
        List<Cell> cells = new ArrayList<>();
        for (String value : values) {
            cells.add(value.equals("?") ? Cell.UNCHANGED : Cell.of(value));
        }
        return Tuple.of(cells);
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        compactor.write((op, cells, formerly) -> {
            StringBuilder line = new StringBuilder(op.name());
            cells.cells().forEach(cell -> line.append(' ').append(cell.unchanged() ? "?" : cell.text()));
            formerly.forEach(former -> line.append(" from ")
                    .append(former.key().cells().get(0).text())
                    .append('@')
                    .append(former.transaction()));
            lines.add(line.toString());
        });
        return lines;
    }

    @Test
    void aRowThatCameAndWentLeavesATombstone() throws IOException {
        compactor.insert(row("1", "a"));
        compactor.delete(row("1"));
        assertThat(lines()).containsExactly("DELETE 1");
    }

    @Test
    void anUnchangedValueIsFilledFromTheRowsInsertion() throws IOException {
        compactor.insert(row("1", "a", "large"));
        compactor.update(null, row("1", "b", "?"), 1);
        assertThat(lines()).containsExactly("INSERT 1 b large");
    }

    @Test
    void aRowThatWasThereAndCameAgainIsAnUpdate() throws IOException {
        compactor.delete(row("1"));
        compactor.insert(row("1", "a"));
        assertThat(lines()).containsExactly("UPDATE 1 a");
    }

    @Test
    void aMovedRowTellsWhereItsUnchangedValuesAre() throws IOException {
        compactor.update(row("1"), row("2", "a", "?"), 1);
        compactor.update(row("2"), row("3", "a", "?"), 1);
        compactor.update(row("3"), row("4", "a", "?"), 2);
        assertThat(lines())
                .containsExactlyInAnyOrder("DELETE 1", "DELETE 2", "DELETE 3", "UPDATE 4 a ? from 1@1 from 3@2");
    }

    @Test
    void aRowThatIsRepeatedWholeTellsWhereItWasAsWell() throws IOException {
        compactor.update(row("1"), row("2", "a"), 1);
        compactor.update(null, row("2", "b"), 2);
        assertThat(lines()).containsExactlyInAnyOrder("DELETE 1", "UPDATE 2 b from 1@1");
    }

    @Test
    void aRowThatCameWithinTheRangeWasNowhereBefore() throws IOException {
        compactor.insert(row("1", "a"));
        compactor.update(row("1"), row("2", "a"), 1);
        compactor.delete(row("5"));
        compactor.insert(row("5", "new"));
        compactor.update(row("5"), row("6", "new"), 1);
        assertThat(lines()).containsExactlyInAnyOrder("DELETE 1", "INSERT 2 a", "DELETE 5", "INSERT 6 new");
    }

    @Test
    void rowsThatSwapTheirKeysBothTellWhereTheyWere() throws IOException {
        compactor.update(row("1"), row("9", "a", "?"), 1);
        compactor.update(row("2"), row("1", "b", "?"), 1);
        compactor.update(row("9"), row("2", "a", "?"), 1);
        assertThat(lines()).containsExactlyInAnyOrder("DELETE 9", "UPDATE 1 b ? from 2@1", "UPDATE 2 a ? from 1@1");
    }

    @Test
    void aTruncatedTableHoldsOnlyWhatCameAfter() throws IOException {
        compactor.delete(row("1"));
        compactor.truncate();
        compactor.insert(row("2", "a"));
        compactor.insert(row("3", "a"));
        compactor.delete(row("3"));
        assertThat(compactor.isTruncated()).isTrue();
        assertThat(lines()).containsExactly("INSERT 2 a");
    }

    /** Property P3, from every position within the range. */
    @Test
    void compactedChangesEndWhereTheLogEndsFromEveryPositionWithinTheRange() throws IOException {
        for (long seed = 0; seed < 2000; seed++) {
            History history = new History(seed, 8);
            Compactor made = new Compactor(KEY, false);
            for (History.Change change : history.changes()) {
                change.feed().into(made, change.transaction());
            }
            List<History.Line> lines = new ArrayList<>();
            made.write((op, cells, formerly) -> lines.add(new History.Line(op, cells.cells(), formerly)));
            assertThat(lines.stream().map(History.Line::key)).doesNotHaveDuplicates();
            for (int stands = 0; stands < 8; stands++) {
                Map<String, List<String>> replica = new HashMap<>(history.state(stands));
                int position = stands;
                assertThat(lines.stream()
                                .filter(line ->
                                        line.op() == RowChange.Op.INSERT && position == 0 && !made.isTruncated())
                                .filter(line -> replica.containsKey(line.key())))
                        .as("rows that come to be are not there at the beginning, seed %d", seed)
                        .isEmpty();
                History.apply(replica, stands, made.isTruncated(), lines);
                assertThat(replica).as("seed %d from %d", seed, stands).isEqualTo(history.state(8));
            }
        }
    }
}
