package io.tidemark.sender.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.position.Lsn;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a server is to read an end of its log in one go. Sizes in kB. */
class LogWindowTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, true, true", // nothing
        "2000, 50000, true, true", // an application at work, read each second
        "1, 2000, true, true", // hardly anything
        "1, 4096, true, false",
        "1, 4097, false, false", // an old transaction, and nothing to be had for reading all since
        "70, 4480, true, true", // 64 times
        "70, 4481, false, false",
        "16384, 16384, true, false",
        "16385, 16385, false, false", // a large transaction at work
        "8000, 262144, true, false",
        "8000, 262145, false, false", // more than the server should put aside
    })
    void isShort(long fresh, long whole, boolean brief, boolean clearly) {
        LogWindow window = new LogWindow(fresh << 10, whole << 10);
        assertThat(window.isShort()).isEqualTo(brief);
        assertThat(window.isClearlyShort()).isEqualTo(clearly);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, false",
        "512, 512, false",
        "513, 513, true",
        "100, 6400, true",
        "100, 6401, false",
        "1, 4096, false"
    })
    void isWorthShortening(long fresh, long whole, boolean worth) {
        assertThat(new LogWindow(fresh << 10, whole << 10).isWorthShortening()).isEqualTo(worth);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, false",
        "2000, 50000, false",
        "2000, 128000, false", // 64 times
        "2000, 128001, true",
        "1, 2048, false",
        "1, 2049, true",
        "8192, 131073, true", // half of what the server should put aside
        "8193, 131073, false", // a large transaction at work
    })
    void isLongBehindOnly(long fresh, long whole, boolean behind) {
        assertThat(new LogWindow(fresh << 10, whole << 10).isLongBehindOnly()).isEqualTo(behind);
    }

    @Test
    void beginsWhereTheServerHasToBegin() {
        Slot.Standing slot = new Slot.Standing(true, true, false, Optional.of(new Lsn(900)), false, 700, new Lsn(1100));
        assertThat(LogWindow.of(slot, new Lsn(1000), new Lsn(1100))).isEqualTo(new LogWindow(100, 700));
        assertThat(LogWindow.of(slot, new Lsn(100), new Lsn(1100))).isEqualTo(new LogWindow(1000, 1000));
    }
}
