package io.tidemark.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTypesTest {

    @ParameterizedTest
    @CsvSource({
        "500B,500",
        "500,500",
        "64KB,65536",
        "64kib,65536",
        "2MB,2097152",
        "2GB,2147483648",
        "2 GB,2147483648",
        "1T,1099511627776"
    })
    void readsSizesByPowersOf1024(String text, long bytes) throws BadValue {
        assertThat(SettingTypes.size().read(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GB", "-1MB", "1.5GB", "9999999TB", "2PB", "2 G B"})
    void rejectsOtherSizes(String text) {
        assertThatThrownBy(() -> SettingTypes.size().read(text)).isInstanceOf(BadValue.class);
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "10s,PT10S", "5m,PT5M", "4d,PT96H", "1h30m,PT1H30M"})
    void readsDurations(String text, Duration expected) throws BadValue {
        assertThat(SettingTypes.duration().read(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "0s", "-5s", "5 m", "1x", "s", "5M"})
    void rejectsOtherDurations(String text) {
        assertThatThrownBy(() -> SettingTypes.duration().read(text)).isInstanceOf(BadValue.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://127.0.0.1/transapp",
                "jdbc:postgresql://db:5433/transapp?sslmode=require",
                "jdbc:postgresql:transapp"
            })
    void acceptsPostgresqlUrls(String url) throws BadValue {
        assertThat(SettingTypes.jdbcUrl().read(url)).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://db/x",
                "postgresql://db/x",
                "jdbc:postgresql://db/x?password=secret",
                "jdbc:postgresql://db/x?user=a&PASSWORD=secret",
                "jdbc:postgresql://user:secret@db/x",
                "jdbc:postgresql://db:port/x"
            })
    void rejectsOtherUrlsAndNeverPrintsTheirPasswords(String url) {
        assertThatThrownBy(() -> SettingTypes.jdbcUrl().read(url))
                .isInstanceOf(BadValue.class)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"relative/path", "~/x", "./x"})
    void rejectsRelativePaths(String text) {
        assertThatThrownBy(() -> SettingTypes.path().read(text)).isInstanceOf(BadValue.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "1.01", "NaN", "half"})
    void rejectsRatiosOutsideZeroToOne(String text) {
        assertThatThrownBy(() -> SettingTypes.ratio().read(text)).isInstanceOf(BadValue.class);
    }
}
