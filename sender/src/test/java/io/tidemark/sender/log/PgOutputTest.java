package io.tidemark.sender.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.change.Cell;
import io.tidemark.failure.DamagedException;
import io.tidemark.position.Lsn;
import io.tidemark.table.TableName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PgOutputTest {
    private final PgOutput decoder = new PgOutput();

    private static byte[] bytes(Object... parts) {
        ByteBuffer bytes = ByteBuffer.allocate(1000);
        for (Object part : parts) {
            if (part instanceof Character letter) {
                bytes.put((byte) letter.charValue());
            } else if (part instanceof Integer number) {
                bytes.putInt(number);
            } else if (part instanceof Long number) {
                bytes.putLong(number);
            } else if (part instanceof Short number) {
                bytes.putShort(number);
            } else if (part instanceof Byte number) {
                bytes.put(number);
            } else {
                bytes.put(part.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] all = new byte[bytes.position()];
        bytes.flip().get(all);
        return all;
    }

    private static final byte[] RELATION =
            bytes('R', 7, "public\0", "o\0", 'd', (short) 2, (byte) 1, "id\0", 23, -1, (byte) 0, "note\0", 25, -1);
    private static final byte[] INSERT = bytes('I', 7, 'N', (short) 2, 't', 1, "5", 'n');
    private static final byte[] UPDATE =
            bytes('U', 7, 'K', (short) 2, 't', 1, "5", 'n', 'N', (short) 2, 't', 1, "6", 'u');
    private static final byte[] DELETE = bytes('D', 7, 'K', (short) 2, 't', 1, "6", 'n');
    private static final byte[] TRUNCATE = bytes('T', 1, (byte) 0, 7);
    private static final byte[] BEGIN = bytes('B', 0x100L, 0L, 9);
    private static final byte[] COMMIT = bytes('C', (byte) 0, 0x100L, 0x130L, 1_000_000L);

    private LogMessage decode(byte[] message) throws DamagedException {
        return decoder.decode(ByteBuffer.wrap(message));
    }

    @Test
    void tellsWhatTheServerSays() throws DamagedException {
        assertThat(decode(BEGIN))
                .isInstanceOfSatisfying(
                        LogMessage.Begin.class,
                        begin -> assertThat(begin.commit()).isEqualTo(new Lsn(0x100)));
        assertThat(decode(RELATION)).isInstanceOfSatisfying(LogMessage.Relation.class, relation -> {
            assertThat(relation.table()).isEqualTo(new TableName("public", "o"));
            assertThat(relation.columns())
                    .extracting(LogMessage.Column::identity)
                    .containsExactly(true, false);
        });
        assertThat(decode(INSERT))
                .isInstanceOfSatisfying(
                        LogMessage.Insert.class,
                        insert -> assertThat(insert.row().cells()).containsExactly(Cell.of("5"), Cell.NULL));
        assertThat(decode(UPDATE)).isInstanceOfSatisfying(LogMessage.Update.class, update -> {
            assertThat(update.old()).isEqualTo('K');
            assertThat(update.row().cells()).containsExactly(Cell.of("6"), Cell.UNCHANGED);
        });
        assertThat(decode(DELETE)).isInstanceOf(LogMessage.Delete.class);
        assertThat(decode(TRUNCATE)).isEqualTo(new LogMessage.Truncate(List.of(7)));
        assertThat(decode(COMMIT)).isInstanceOfSatisfying(LogMessage.Commit.class, commit -> {
            assertThat(commit.end()).isEqualTo(new Lsn(0x130));
            assertThat(commit.time()).isEqualTo("2000-01-01T00:00:01Z");
        });
    }

    @Test
    void refusesARowOfATableThatItWasNotToldOf() {
        assertThatThrownBy(() -> decode(INSERT)).isInstanceOf(DamagedException.class);
    }

    /** Property P8. */
    @Test
    void bytesThatWereChangedGiveADeclaredErrorOrAMessage() throws DamagedException {
        List<byte[]> messages = List.of(BEGIN, INSERT, UPDATE, DELETE, TRUNCATE, COMMIT, RELATION);
        Random random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 200_000; i++) {
            decode(RELATION);
            byte[] changed = messages.get(random.nextInt(messages.size())).clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = java.util.Arrays.copyOf(changed, random.nextInt(changed.length + 4));
            try {
                decoder.decode(ByteBuffer.wrap(random.nextBoolean() ? cut : changed));
            } catch (DamagedException declared) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    @Test
    void refusesEveryMessageThatIsCutShort() throws DamagedException {
        decode(RELATION);
        List<byte[]> taken = new ArrayList<>();
        for (byte[] message : List.of(BEGIN, INSERT, UPDATE, DELETE, TRUNCATE, COMMIT, RELATION)) {
            for (int length = 0; length < message.length; length++) {
                byte[] cut = java.util.Arrays.copyOf(message, length);
                try {
                    decode(cut);
                    taken.add(cut);
                } catch (DamagedException declared) {
                    assertThat(declared.reason()).startsWith("log message");
                }
            }
        }
        assertThat(taken).isEmpty();
    }
}
