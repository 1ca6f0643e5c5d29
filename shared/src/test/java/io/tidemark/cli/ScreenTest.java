package io.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Screen screen = new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    @Test
    void paintsLiveLinesOverTheOnesBefore() {
        screen.paint(List.of("one", "two"));
        screen.paint(List.of("three"));
        assertThat(text()).isEqualTo("one\ntwo\n\u001b[2A\r\u001b[Jthree\n");
    }

    @Test
    void putsALineThatStaysAboveTheLiveOnes() {
        screen.paint(List.of("live"));
        screen.print("stays");
        assertThat(text()).isEqualTo("live\n\u001b[1A\r\u001b[Jstays\nlive\n");
    }

    @Test
    void writesNothingWhereNothingChanged() {
        screen.paint(List.of("live"));
        screen.paint(List.of("live"));
        assertThat(text()).isEqualTo("live\n");
    }

    @Test
    void writesNoControlSequencesWithoutLiveLines() {
        screen.print("a");
        screen.print("b");
        assertThat(text()).isEqualTo("a\nb\n");
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
