package io.tidemark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WallsTest {

    private static final JavaClasses PROJECT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tidemark");
    private static final JavaClasses BREACHES = new ClassFileImporter().importPackages("breach");

    @ParameterizedTest
    @EnumSource
    void theProjectKeeps(Wall wall) {
        wall.under("io.tidemark").check(PROJECT);
    }

    /** Every wall is given one class in the package {@code breach} that goes through it. */
    @ParameterizedTest
    @CsvSource({
        "SHARED_KNOWS_NEITHER_NODE, breach.blob.KnowsTheSender",
        "THE_SENDER_SEES_NO_RECEIVER, breach.sender.capture.KnowsTheReceiver",
        "THE_RECEIVER_SEES_NO_SENDER, breach.receiver.inbox.KnowsTheSender",
        "ROUTES_ALONE_KNOW_CAMEL, breach.sender.capture.KnowsCamel",
        "COMMANDS_ALONE_KNOW_PICOCLI, breach.sender.capture.KnowsPicocli",
        "FEW_KNOW_THE_DATABASES, breach.blob.KnowsJdbc",
        "PACKAGES_FORM_NO_CYCLE, breach.sender.outbox.KnowsMedia",
        "APPS_ALONE_EXIT, breach.receiver.load.Exits",
        "COMMANDS_ALONE_PRINT, breach.receiver.load.Prints",
        "NOBODY_LOGS_PAST_SLF4J, breach.blob.LogsPastSlf4j",
    })
    void aBreachIsFound(Wall wall, String breach) {
        assertThat(wall.under("breach").evaluate(BREACHES).getFailureReport().getDetails())
                .as("what goes through %s", wall)
                .isNotEmpty()
                .allSatisfy(detail -> assertThat(detail).contains(breach));
    }

    @ParameterizedTest
    @EnumSource
    void noWallIsWithoutABreach(Wall wall) {
        assertThat(wall.under("breach").evaluate(BREACHES).hasViolation())
                .as("a breach of %s", wall)
                .isTrue();
    }
}
