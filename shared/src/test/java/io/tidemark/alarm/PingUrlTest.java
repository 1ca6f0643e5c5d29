package io.tidemark.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.logging.Masking;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PingUrlTest {
    private static Masking masking(String url) {
        return new Masking(new PingUrl("ping.complete", URI.create(url)).secrets());
    }

    @ParameterizedTest
    @CsvSource({
        "https://watch.example.org/complete, asked https://watch.example.org/complete: 404",
        "https://watch.example.org:8443/k1/complete, watch.example.org:8443/k1/complete answers",
        "https://watch.example.org/d41d8cd98f00b204/complete, no d41d8cd98f00b204 here",
        "https://watch.example.org/ping?key=d41d8cd98f00b204, redirected to /?key=d41d8cd98f00b204&x",
    })
    void isMaskedWhereItStandsInALine(String url, String line) {
        assertThat(masking(url).mask(line)).contains("*****").doesNotContain("k1", "d41d8cd98f00b204", "/complete");
    }

    @Test
    void leavesLinesReadableWhoseWordsItHas() {
        String line = "[complete] shop-0000000001-complete-20261121T185825Z: made";
        assertThat(masking("https://watch.example.org/complete").mask(line)).isEqualTo(line);
        assertThat(masking("https://watch.example.org/d41d8cd98f00b204/complete")
                        .mask(line))
                .isEqualTo(line);
        assertThat(masking("https://watch.example.org").mask(line)).isEqualTo(line);
    }
}
