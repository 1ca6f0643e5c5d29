package io.tidemark.sender.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.database.Relation;
import io.tidemark.database.TableInfo;
import io.tidemark.table.Column;
import io.tidemark.table.DataFormat;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartPlanTest {
    private static final TableName NAME = new TableName("my shop", "a\"b");
    private static final Pattern FROM = Pattern.compile("ctid >= '\\((\\d+),0\\)'");
    private static final Pattern BELOW = Pattern.compile("ctid < '\\((\\d+),0\\)'");

    @ParameterizedTest
    @CsvSource({
        "0, 512, 1",
        "1, 512, 1",
        "512, 512, 1",
        "513, 512, 2",
        "1024, 512, 2",
        "8388608, 512, 16384",
        "8388609, 1024, 8193",
        "16777217, 2048, 8193",
        "4294967295, 262144, 16384"
    })
    void aTableIsCutAtPowersOfTwoIntoAtMost16384Parts(long pages, int pagesPerPart, int parts) {
        PartPlan plan = plan(pages, true);
        assertThat(plan.pagesPerPart()).as("pages per part").isEqualTo(pagesPerPart);
        assertThat(plan.parts()).as("parts").isEqualTo(parts);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 511, 513, 100_000, 8_388_608, 8_388_609, 4_294_967_295L})
    void thePartsCoverEveryPageOnceWithoutGapAndWithoutEnd(long pages) {
        PartPlan plan = plan(pages, true);
        long expected = 0;
        for (int part = 0; part < plan.parts(); part++) {
            String copy = plan.copy(part);
            long from = bound(FROM, copy, 0);
            long below = bound(BELOW, copy, Long.MAX_VALUE);
            assertThat(from).as("first page of part %d", part).isEqualTo(expected);
            assertThat(below).as("end of part %d", part).isGreaterThan(from);
            if (part < plan.parts() - 1) {
                assertThat(below - from).as("pages of part %d", part).isEqualTo(plan.pagesPerPart());
                assertThat(below).as("end of part %d", part).isLessThan(pages);
            }
            expected = below;
        }
        assertThat(expected).as("end of the last part").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aTableOfAnotherStorageIsOnePart() {
        PartPlan plan = plan(100_000, false);
        assertThat(plan.parts()).as("parts").isEqualTo(1);
        assertThat(plan.copy(0)).as("copy").doesNotContain("ctid");
    }

    @Test
    void generatedColumnsAreNotCopiedAndNamesAreQuoted() {
        assertThat(plan(2000, true).copy(1))
                .as("copy")
                .isEqualTo("COPY (SELECT \"id\", \"my \"\"name\" FROM ONLY \"my shop\".\"a\"\"b\""
                        + " WHERE ctid >= '(512,0)' AND ctid < '(1024,0)') TO STDOUT (FORMAT binary)");
    }

    private static long bound(Pattern pattern, String copy, long open) {
        Matcher matcher = pattern.matcher(copy);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : open;
    }

    private static PartPlan plan(long pages, boolean heap) {
        Relation relation = new Relation(1, NAME, 'r', 0, List.of(), 0, heap, true);
        TableShape shape = new TableShape(
                NAME,
                List.of(column("id", false), column("upper", true), column("my \"name", false)),
                List.of("id"),
                List.of());
        return PartPlan.of(0, new TableInfo(relation, shape, true), DataFormat.BINARY, pages);
    }

    private static Column column(String name, boolean generated) {
        return new Column(name, "text", false, Column.Identity.NONE, generated, "");
    }
}
