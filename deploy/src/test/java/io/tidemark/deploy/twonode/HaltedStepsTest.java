package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tidemark.crash.CrashPoints;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HaltedStepsTest {
    private static final Set<JavaClass> CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.tidemark").stream()
                    .filter(each -> !each.getPackageName().startsWith("io.tidemark.deploy"))
                    .collect(Collectors.toSet());

    @Test
    void someTestHaltsAtTheStepsOfEveryEnum() {
        Set<String> found = CODE.stream()
                .filter(each -> each.isEnum() && each.getSimpleName().endsWith("Step"))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(HaltedSteps.all().stream().map(Class::getName))
                .as("enums of steps in HaltedSteps; a new one needs a test that halts at each of its steps")
                .containsExactlyInAnyOrderElementsOf(found);
    }

    @Test
    void everyStepIsPassedSomewhere() {
        Set<String> used = CODE.stream()
                .flatMap(each -> each.getFieldAccessesFromSelf().stream())
                .filter(access -> !access.getOriginOwner().equals(access.getTargetOwner()))
                .map(JavaFieldAccess::getTarget)
                .map(target -> target.getOwner().getName() + "." + target.getName())
                .collect(Collectors.toSet());

        assertThat(HaltedSteps.all().stream()
                        .flatMap(steps -> Arrays.stream(steps.getEnumConstants()))
                        .map(step -> step.getDeclaringClass().getName() + "." + step.name()))
                .isSubsetOf(used);
    }

    @Test
    void noTwoStepsHaveOneName() {
        assertThat(HaltedSteps.all().stream()
                        .flatMap(steps -> Arrays.<Enum<?>>stream(steps.getEnumConstants()))
                        .map(CrashPoints::word))
                .doesNotHaveDuplicates();
    }
}
