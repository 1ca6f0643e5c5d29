package io.tidemark.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.tidemark.change.RowChange.Formerly;
import io.tidemark.change.RowChange.Op;
import io.tidemark.failure.DamagedException;
import io.tidemark.position.Lsn;
import io.tidemark.table.TableName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeFileTest {
    private static final ChangeHeader HEADER = new ChangeHeader(
            new TableName("odd schema", "t\"a\nb"),
            List.of(
                    new ChangeHeader.Column("id", "bigint"),
                    new ChangeHeader.Column("ünïcode", "text"),
                    new ChangeHeader.Column("note", "text")),
            List.of("id"),
            true);
    private static final List<RowChange> CHANGES = List.of(
            RowChange.of(Op.INSERT, List.of(Cell.of("1"), Cell.of("a\\b\"c\n\t\u0001 ü 🌊"), Cell.NULL)),
            RowChange.of(Op.UPDATE, List.of(Cell.of("2"), Cell.UNCHANGED, Cell.of(""))),
            new RowChange(
                    Op.UPDATE,
                    List.of(Cell.of("3"), Cell.UNCHANGED, Cell.of("x".repeat(200_000))),
                    List.of(new Formerly(List.of(Cell.of("9")), Lsn.parse("1/A")))),
            RowChange.of(Op.DELETE, List.of(Cell.of("9"))));

    @Test
    void whatIsWrittenIsRead() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ChangeWriter writer = new ChangeWriter(file, HEADER)) {
            for (RowChange change : CHANGES) {
                writer.write(change);
            }
            assertThat(List.of(writer.inserted(), writer.updated(), writer.deleted()))
                    .containsExactly(1L, 2L, 1L);
        }
        List<RowChange> read = new ArrayList<>();
        try (ChangeReader reader = reader(file.toByteArray())) {
            assertThat(reader.header()).isEqualTo(HEADER);
            for (RowChange change = reader.next(); change != null; change = reader.next()) {
                read.add(change);
            }
        }
        assertThat(read).isEqualTo(CHANGES);
    }

    @Test
    void everyLineIsEndedByALineFeed() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ChangeWriter writer = new ChangeWriter(file, HEADER)) {
            writer.write(CHANGES.get(0));
        }
        byte[] raw = new byte[1 << 16];
        int size = (int) Zstd.decompress(raw, file.toByteArray());
        assertThat(new String(raw, 0, size, StandardCharsets.UTF_8))
                .endsWith("\n{\"op\":\"insert\",\"row\":[\"1\",\"a\\\\b\\\"c\\n\\t\\u0001 ü 🌊\",null]}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"insert\",\"row\":[\"1\",null]}",
                "{\"op\":\"insert\",\"row\":[\"1\",null,null,null]}",
                "{\"op\":\"insert\",\"row\":[\"1\",false,null]}",
                "{\"op\":\"insert\",\"row\":[1,null,null]}",
                "{\"op\":\"insert\",\"row\":[\"1\",null,true]}",
                "{\"op\":\"insert\",\"row\":[\"1\",[],null]}",
                "{\"op\":\"insert\",\"row\":[\"1\",\"\\u0000\",null]}",
                "{\"op\":\"insert\",\"key\":[\"1\"]}",
                "{\"op\":\"delete\",\"key\":[\"1\"],\"row\":[]}",
                "{\"op\":\"delete\",\"key\":[\"1\"],\"formerly\":[]}",
                "{\"op\":\"update\",\"op\":\"update\",\"row\":[\"1\",null,null]}",
                "{\"op\":\"update\",\"row\":[\"1\",null,null],\"formerly\":[{\"key\":[\"1\"],\"until\":\"x\"}]}",
                "{\"op\":\"upsert\",\"row\":[\"1\",null,null]}",
                "{\"op\":\"insert\",\"row\":[\"1\",null,null]",
                "[]",
                "nonsense"
            })
    void aLineThatIsNotAsSpecifiedIsRefusedByItsNumber(String line) {
        String text =
                "{\"schema\":\"s\",\"table\":\"t\",\"columns\":[{\"name\":\"id\",\"type\":\"int\"},{\"name\":\"a\",\"type\":\"text\"},"
                        + "{\"name\":\"b\",\"type\":\"text\"}],\"key\":[\"id\"],\"truncated\":false}\n" + line + "\n";
        assertThatThrownBy(() -> {
                    try (ChangeReader reader = reader(Zstd.compress(text.getBytes(StandardCharsets.UTF_8)))) {
                        for (RowChange change = reader.next(); change != null; change = reader.next()) {
                            assertThat(change).isNotNull();
                        }
                    }
                })
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void aFileThatIsCutShortIsRefused() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ChangeWriter writer = new ChangeWriter(file, HEADER)) {
            for (int i = 0; i < 1000; i++) {
                writer.write(CHANGES.get(0));
            }
        }
        byte[] whole = file.toByteArray();
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 1);
        assertThatThrownBy(() -> {
                    try (ChangeReader reader = reader(cut)) {
                        for (RowChange change = reader.next(); change != null; change = reader.next()) {
                            assertThat(change).isNotNull();
                        }
                    }
                })
                .isInstanceOf(DamagedException.class);
    }

    private static ChangeReader reader(byte[] compressed) throws IOException {
        return ChangeReader.open(new ByteArrayInputStream(compressed), "changes/x");
    }
}
