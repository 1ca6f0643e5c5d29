package io.tidemark.receiver.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.table.DataFormat;
import io.tidemark.table.RowDigest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DigestedRowsTest {
    private static final byte[] HEADER = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    @ParameterizedTest
    @EnumSource(DataFormat.class)
    void rowsCountWhereverReadsEnd(DataFormat format) throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 60; round++) {
            RowDigest expected = new RowDigest();
            byte[] content = content(format, random, expected);
            RowDigest found = new RowDigest();
            byte[] out = drain(new DigestedRows(new ByteArrayInputStream(content), format, found), random);
            assertThat(out).isEqualTo(content);
            assertThat(found.rows()).isEqualTo(expected.rows());
            assertThat(found.digest()).isEqualTo(expected.digest());
        }
    }

    @Test
    void rowsWithoutColumnsAreRows() throws IOException {
        byte[] content = new byte[HEADER.length + 6];
        System.arraycopy(HEADER, 0, content, 0, HEADER.length);
        content[content.length - 1] = -1;
        content[content.length - 2] = -1;
        RowDigest found = new RowDigest();
        drain(new DigestedRows(new ByteArrayInputStream(content), DataFormat.BINARY, found), new Random(1));
        assertThat(found.rows()).isEqualTo(2);
    }

    private static byte[] content(DataFormat format, Random random, RowDigest expected) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(format == DataFormat.BINARY ? HEADER : new byte[0]);
        int rows = random.nextInt(50);
        for (int i = 0; i < rows; i++) {
            byte[] row = format == DataFormat.BINARY ? tuple(random) : line(random);
            expected.add(row, 0, row.length);
            content.writeBytes(row);
            content.writeBytes(format == DataFormat.BINARY ? new byte[0] : new byte[] {'\n'});
        }
        content.writeBytes(format == DataFormat.BINARY ? new byte[] {-1, -1} : new byte[0]);
        return content.toByteArray();
    }

    private static byte[] line(Random random) {
        return "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 5000 : 20)).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] tuple(Random random) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream tuple = new DataOutputStream(bytes);
        int columns = random.nextInt(5);
        tuple.writeShort(columns);
        for (int i = 0; i < columns; i++) {
            byte[] value = new byte[random.nextInt(random.nextInt(20) == 0 ? 5000 : 20)];
            random.nextBytes(value);
            boolean isNull = random.nextInt(5) == 0;
            tuple.writeInt(isNull ? -1 : value.length);
            tuple.write(isNull ? new byte[0] : value);
        }
        return bytes.toByteArray();
    }

    private static byte[] drain(InputStream in, Random random) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[3000];
        int read = in.read(buffer, 0, 1 + random.nextInt(buffer.length));
        while (read >= 0) {
            out.write(buffer, 0, read);
            read = in.read(buffer, 0, 1 + random.nextInt(random.nextBoolean() ? 5 : buffer.length));
        }
        return out.toByteArray();
    }
}
