package io.tidemark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TableDigestTest {
    private static final String FOX = "The quick brown fox jumps over the lazy dog";

    @Test
    void aRowsHashIsMurmur3AsPublished() {
        assertThat(digest(List.of(FOX)).hex())
                .as("the well-known value of MurmurHash3 x64 128 with seed 0")
                .isEqualTo("e34bbc7bbc071b6c7a433ca9c49a9347");
    }

    @Test
    void twoEqualRowsAreTwiceOne() {
        assertThat(digest(List.of(FOX, FOX)).hex())
                .as("e34bbc7bbc071b6c7a433ca9c49a9347 doubled, modulo 2^128")
                .isEqualTo("c69778f7780e36d8f48679538935268e");
    }

    @Test
    void theOrderOfRowsDoesNotMatter() {
        List<String> rows = rows(200);
        TableDigest ordered = digest(rows);
        Collections.shuffle(rows, new Random(7));
        assertThat(digest(rows)).as("digest of shuffled rows").isEqualTo(ordered);
    }

    @Test
    void digestsOfPartsAddUpToThatOfTheTable() {
        List<String> rows = rows(200);
        TableDigest sum = TableDigest.EMPTY;
        for (int from = 0; from < rows.size(); from += 10) {
            sum = sum.plus(digest(rows.subList(from, from + 10)));
        }
        assertThat(sum).as("sum of twenty parts").isEqualTo(digest(rows));
    }

    @Test
    void oneOtherOrDoubledRowChangesTheDigest() {
        List<String> rows = rows(50);
        TableDigest before = digest(rows);
        rows.set(17, "other");
        assertThat(digest(rows)).as("one row changed").isNotEqualTo(before);
        rows = rows(50);
        rows.add(rows.get(0));
        assertThat(digest(rows)).as("one row twice").isNotEqualTo(before);
    }

    @Test
    void onlyTheBytesGivenCount() {
        RowDigest within = new RowDigest();
        byte[] bytes = ("xx" + FOX + "yyy").getBytes(StandardCharsets.UTF_8);
        within.add(bytes, 2, FOX.length());
        assertThat(within.digest()).as("digest of the middle").isEqualTo(digest(List.of(FOX)));
        assertThat(within.rows()).as("rows").isEqualTo(1);
    }

    @Test
    void aSumCarriesIntoTheHighHalfAndWrapsAround() {
        assertThat(new TableDigest(0, -1).plus(new TableDigest(0, 1)))
                .as("2^64")
                .isEqualTo(new TableDigest(1, 0));
        assertThat(new TableDigest(-1, -1).plus(new TableDigest(0, 1)))
                .as("2^128")
                .isEqualTo(TableDigest.EMPTY);
    }

    @Test
    void aDigestIsWrittenAs32HexadecimalDigitsAndReadAgain() {
        TableDigest digest = new TableDigest(1, -2);
        assertThat(digest.hex()).as("hex").isEqualTo("0000000000000001fffffffffffffffe");
        assertThat(TableDigest.parse(digest.hex())).as("read again").isEqualTo(digest);
        assertThatThrownBy(() -> TableDigest.parse("01"))
                .as("too short")
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not 32 hexadecimal digits: 01");
    }

    private static TableDigest digest(List<String> rows) {
        RowDigest digest = new RowDigest();
        for (String row : rows) {
            byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
            digest.add(bytes, 0, bytes.length);
        }
        return digest.digest();
    }

    private static List<String> rows(int count) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(i + "\trow " + i);
        }
        return rows;
    }
}
