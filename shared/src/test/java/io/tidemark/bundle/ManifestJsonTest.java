package io.tidemark.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.failure.DamagedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestJsonTest {
    private static final String GOLDEN = golden();

    @Test
    void writesTheGoldenFile() {
        assertThat(new String(ManifestJson.write(Manifests.full()), StandardCharsets.UTF_8))
                .isEqualTo(GOLDEN);
    }

    @Test
    void readsTheGoldenFile() throws DamagedException {
        assertThat(read(GOLDEN)).isEqualTo(Manifests.full());
    }

    @Test
    void theFirstBundleOfASourceHasNoPrevious() throws DamagedException {
        Manifest manifest = read(GOLDEN.replaceFirst("  \"previous\": \"[0-9a-f]+\",\n", ""));
        assertThat(manifest.previous()).isNull();
        assertThat(new String(ManifestJson.write(manifest), StandardCharsets.UTF_8))
                .doesNotContain("previous");
    }

    @Test
    void theChecksumFileIsWhatSha256sumWrites() {
        byte[] json = {'{', '}'};
        assertThat(new String(ManifestJson.checksumFile(json), StandardCharsets.UTF_8))
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a  manifest.json\n");
    }

    /** Each property in turn. */
    static Stream<String> properties() {
        return GOLDEN.lines()
                .filter(line -> line.contains("\": ") && !line.contains("\"previous\""))
                .map(line -> line.strip().substring(0, line.strip().indexOf("\": ") + 3))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("properties")
    void refusesAManifestWithoutAProperty(String property) {
        assertRefused(GOLDEN.replaceFirst(Pattern.quote(property), "\"other\": "));
    }

    @Test
    void refusesAPropertyThatIsNull() {
        Matcher scalar = Pattern.compile("\"(?!previous)[a-zA-Z0-9]+\": (\"(?:[^\"\\\\]|\\\\.)*\"|-?\\d+|true|false)")
                .matcher(GOLDEN);
        int tried = 0;
        while (scalar.find()) {
            assertRefused(GOLDEN.substring(0, scalar.start(1)) + "null" + GOLDEN.substring(scalar.end(1)));
            tried++;
        }
        assertThat(tried).isGreaterThan(50);
    }

    @Test
    void refusesAListOrAnElementThatIsNull() {
        for (String list : List.of("tables", "columns", "key", "sequences", "volumes", "entries", "leftOut")) {
            assertRefused(GOLDEN.replace("\"" + list + "\": [", "\"" + list + "\": [null,"));
            assertRefused(GOLDEN.replace("\"" + list + "\": [", "\"" + list + "\": null, \"x\": ["));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"format\": 1 | \"format\": 2 | format 2",
                "\"format\": 1 | \"format\": \"1\" | not as specified",
                "\"source\": \"transapp\" | \"source\": \"../transapp\" | source",
                "\"sequence\": 42 | \"sequence\": 0 | sequence",
                "\"sequence\": 42 | \"sequence\": 43 | volume 1",
                "\"sequence\": 42 | \"sequence\": 42.0 | not as specified",
                "\"sequence\": 42 | \"sequence\": 42, \"sequence\": 42 | not as specified",
                "\"kind\": \"complete\" | \"kind\": \"COMPLETE\" | not as specified",
                "\"kind\": \"complete\" | \"kind\": 0 | not as specified",
                "03:30:00Z | 03:30:00.500Z | created",
                "03:30:00Z | 03:30:00+00:00 | not as specified",
                "2025-01 | +12025-01 | created",
                "\"pre-deploy\" | \"a\\nb\" | label",
                "\"database\": 16384 | \"database\": 0 | identity",
                "\"timeline\": 1 | \"timeline\": -1 | identity",
                "16/B374D848 | 16-B374D848 | not as specified",
                "\"abab | \"ABab | previous",
                "150008 | 15 | server",
                "\"pagesPerPart\": 512 | \"pagesPerPart\": 500 | out of range",
                "\"rows\": 1000 | \"rows\": 1001 | add up",
                "\"rows\": 1000 | \"rows\": -1000 | out of range",
                "\"key\": [ | \"key\": [\"nope\", | key of columns",
                "\"key\": [ | \"key\": [\"id\", | twice",
                "\"name\": \"upper\" | \"name\": \"id\" | twice",
                "\"managed\": true | \"managed\": false | media",
                "v0001.tar | v0002.tar | volume 1",
                "10240 | 10241 | volume 1",
                "\"ddl/pre-data.sql\" | \"ddl/post-data.sql\" | twice",
                "\"ddl/pre-data.sql\" | \"ddl/pre-data.sh\" | entry",
                "\"restore.sql\" | \"manifest.json\" | entry",
                "\"size\": 77 | \"size\": -77 | entry",
                "\"x_id_seq\" | \"x\\u0000\" | not as specified",
                "\"x_id_seq\" | \"x\\ud800\" | not as specified",
                "\"called\": true | \"called\": 1 | not as specified",
            })
    void refusesWhatCannotBe(String good, String bad, String reason) {
        assertThat(GOLDEN).contains(good);
        assertThatThrownBy(() -> read(GOLDEN.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad))))
                .isExactlyInstanceOf(DamagedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesMoreRowsThanNumbersHold() {
        String huge = GOLDEN.replace("\"rows\": 1000", "\"rows\": " + Long.MAX_VALUE);
        int table = huge.indexOf("{", huge.indexOf("\"tables\""));
        int end = huge.indexOf("\n    }", table) + 6;
        String second = huge.substring(table, end).replace("Größe", "other");
        assertThatThrownBy(() -> read(huge.substring(0, end) + ", " + second + huge.substring(end)))
                .isExactlyInstanceOf(DamagedException.class)
                .hasMessageContaining("64 bits");
    }

    @Test
    void refusesWhatIsNoJsonOfOurs() {
        assertRefused("");
        assertRefused("null");
        assertRefused("{}");
        assertRefused("[" + GOLDEN + "]");
        assertRefused(GOLDEN + "x");
        assertRefused(GOLDEN + GOLDEN);
        assertRefused("\ufeff" + GOLDEN);
        assertRefused("[".repeat(100_000));
        assertRefused("{\"tables\":".repeat(100_000));
        assertRefused("{\"tool\":\"" + "x".repeat(2_000_000) + "\"}");
        assertRefused("{\"format\":" + "1".repeat(100_000) + "}");
    }

    @Test
    void everyByteCountsAndNoneBreaksTheReader() {
        Random random = new Random(8);
        byte[] good = GOLDEN.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 2000; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            if (random.nextBoolean()) {
                bad = Arrays.copyOf(bad, random.nextInt(bad.length));
            }
            try {
                Manifest manifest = ManifestJson.read(bad);
                assertThat(ManifestJson.read(ManifestJson.write(manifest))).isEqualTo(manifest);
            } catch (DamagedException declared) {
                assertThat(declared.reason()).isNotEmpty();
            }
        }
    }

    private static void assertRefused(String json) {
        assertThat(json).isNotEqualTo(GOLDEN);
        assertThatThrownBy(() -> read(json)).isExactlyInstanceOf(DamagedException.class);
    }

    private static Manifest read(String json) throws DamagedException {
        return ManifestJson.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String golden() {
        try (InputStream file = Objects.requireNonNull(ManifestJsonTest.class.getResourceAsStream("manifest.json"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
