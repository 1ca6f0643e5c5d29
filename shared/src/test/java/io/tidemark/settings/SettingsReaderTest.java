package io.tidemark.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    @TempDir
    private Path folder;

    @Test
    void readsUtf8() throws IOException {
        SettingsReader reader = reader("name=Gr\u00fc\u00dfe", Map.of());
        Setting<String> name = reader.required("name", SettingTypes.text());
        reader.finish();
        assertThat(name.get()).isEqualTo("Gr\u00fc\u00dfe");
    }

    @Test
    void theEnvironmentGoesFirst() throws IOException {
        SettingsReader reader = reader("a.b-c=file", Map.of("TIDEMARK_A_B_C", "environment"));
        Setting<String> value = reader.required("a.b-c", SettingTypes.text());
        reader.finish();
        assertThat(value.get()).isEqualTo("environment");
    }

    @Test
    void anEmptyVariableCountsAsNotSet() throws IOException {
        SettingsReader reader = reader("a=file", Map.of("TIDEMARK_A", ""));
        Setting<String> value = reader.required("a", SettingTypes.text());
        reader.finish();
        assertThat(value.get()).isEqualTo("file");
    }

    @Test
    void reportsAllProblemsAtOnceEachWithItsKeyAndRemedy() throws IOException {
        SettingsReader reader = reader("wait=ever\nempty=\ndatabse.url=x\ntwice=1\ntwice=2", Map.of());
        reader.required("wait", SettingTypes.duration());
        reader.required("empty", SettingTypes.text());
        reader.required("gone", SettingTypes.text());
        reader.optional("database.url", SettingTypes.text());
        reader.optional("twice", SettingTypes.text());
        assertThat(problems(reader))
                .extracting(Problem::key, Problem::what)
                .containsExactlyInAnyOrder(
                        tuple("wait", "\"ever\" is not a duration"),
                        tuple("empty", "is empty"),
                        tuple("gone", "is missing"),
                        tuple("databse.url", "is not a known setting"),
                        tuple("twice", "is given more than once"));
    }

    @Test
    void suggestsTheNearestKeyForAnUnknownOne() throws IOException {
        SettingsReader reader = reader("work.folders=/x\nquite.something-else=1", Map.of("TIDEMARK_WORK_FOLDR", "/y"));
        reader.optional("work.folder", SettingTypes.path());
        assertThat(problems(reader))
                .extracting(Problem::remedy)
                .containsExactlyInAnyOrder(
                        "did you mean work.folder?", "remove it", "did you mean TIDEMARK_WORK_FOLDER?");
    }

    @Test
    void readsASecretFromItsFileWithoutTheTrailingNewline() throws IOException {
        SettingsReader reader = reader("pw-file=" + secretFile(" s3cret \n", "rw-------"), Map.of());
        Setting<Secret> secret = reader.secret("pw");
        reader.finish();
        assertThat(secret.get().value()).isEqualTo(" s3cret ");
        assertThat(secret.get()).asString().doesNotContain("s3cret");
    }

    @Test
    void refusesASecretThatEverybodyMayRead() throws IOException {
        SettingsReader reader = reader("pw-file=" + secretFile("s3cret", "rw-r--r--"), Map.of());
        reader.secret("pw");
        assertThat(problems(reader)).extracting(Problem::key).containsExactly("pw-file");
    }

    @Test
    void refusesASecretGivenTwice() throws IOException {
        SettingsReader reader = reader("pw=a\npw-file=" + secretFile("b", "rw-------"), Map.of());
        reader.secret("pw");
        assertThat(problems(reader)).extracting(Problem::what).containsExactly("is given twice, also by pw-file");
    }

    @Test
    void aSecretInTheEnvironmentGoesBeforeTheOneInTheFile() throws IOException {
        SettingsReader reader = reader("pw-file=/nowhere/at/all", Map.of("TIDEMARK_PW", "s3cret"));
        Setting<Secret> secret = reader.secret("pw");
        reader.finish();
        assertThat(secret.get().value()).isEqualTo("s3cret");
    }

    @Test
    void aMissingSettingsFileIsAUsageFailureThatNamesIt() {
        Path file = folder.resolve("none.properties");
        TidemarkException failure =
                catchThrowableOfType(TidemarkException.class, () -> SettingsReader.open(file, Map.of()));
        assertThat(failure.code()).isEqualTo(FailureCode.USAGE);
        assertThat(failure).hasMessageContaining(file.toString());
    }

    private List<Problem> problems(SettingsReader reader) {
        TidemarkException failure = catchThrowableOfType(TidemarkException.class, reader::finish);
        assertThat(failure.code()).isEqualTo(FailureCode.USAGE);
        List<Problem> problems = SettingsProblems.of(failure).orElseThrow();
        assertThat(problems)
                .allSatisfy(problem -> assertThat(failure.text())
                        .as("message names every problem")
                        .contains(problem.key() + ": " + problem.what(), problem.remedy()));
        return problems;
    }

    private SettingsReader reader(String text, Map<String, String> environment) throws IOException {
        Path file = folder.resolve("node.properties");
        Files.writeString(file, text, StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        return SettingsReader.open(file, environment);
    }

    private Path secretFile(String text, String mode) throws IOException {
        Path file = folder.resolve("secret");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }
}
