package io.tidemark.deploy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;

/** The walls between packages. A root is {@code io.tidemark}, or that of the classes that prove a wall to be felt. */
enum Wall {
    SHARED_KNOWS_NEITHER_NODE("it is the language of both; remedy: move what is needed into shared, or hand it in") {
        @Override
        ArchRule rule(String root) {
            return nobody(
                    in(root, "").and(notIn(root, "sender", "receiver", "deploy")),
                    dependOnClassesThat(in(root, "sender", "receiver", "deploy")));
        }
    },
    THE_SENDER_SEES_NO_RECEIVER("they run on two servers; remedy: move what both need into shared") {
        @Override
        ArchRule rule(String root) {
            return nobody(in(root, "sender"), dependOnClassesThat(in(root, "receiver", "deploy")));
        }
    },
    THE_RECEIVER_SEES_NO_SENDER("they run on two servers; remedy: move what both need into shared") {
        @Override
        ArchRule rule(String root) {
            return nobody(in(root, "receiver"), dependOnClassesThat(in(root, "sender", "deploy")));
        }
    },
    ROUTES_ALONE_KNOW_CAMEL(
            "routes only connect steps; remedy: let the step take and return plain values, and call it from a route") {
        @Override
        ArchRule rule(String root) {
            return nobody(
                    in(root, "").and(notIn(root, ".route", "deploy")).and(notAnApp(root)),
                    dependOnClassesThat(resideInAnyPackage("org.apache.camel..")));
        }
    },
    COMMANDS_ALONE_KNOW_PICOCLI("steps also run without a command line; remedy: pass plain values from the command") {
        @Override
        ArchRule rule(String root) {
            return nobody(
                    in(root, "").and(notIn(root, ".cli", "deploy")).and(notAnApp(root)),
                    dependOnClassesThat(resideInAnyPackage("picocli..")));
        }
    },
    FEW_KNOW_THE_DATABASES(
            "SQL belongs where it can be tested against a server; remedy: ask database, capture, log, watermark, load, postprocess, restore or state") {
        @Override
        ArchRule rule(String root) {
            return nobody(
                    in(root, "")
                            .and(notIn(
                                    root,
                                    "database",
                                    ".capture",
                                    "sender.log",
                                    "sender.watermark",
                                    ".load",
                                    ".postprocess",
                                    ".restore",
                                    "sender.state",
                                    "deploy")),
                    dependOnClassesThat(
                            resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "org.sqlite..")));
        }
    },
    PACKAGES_FORM_NO_CYCLE(
            "a package is read, tested and changed alone; remedy: move the type that both need below both") {
        @Override
        ArchRule rule(String root) {
            return slices().assignedFrom(new PackagesOfModules(root))
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true);
        }
    },
    APPS_ALONE_EXIT(
            "an exit elsewhere skips what a caller has to close; remedy: throw a TidemarkException with its code") {
        @Override
        ArchRule rule(String root) {
            return nobody(
                    in(root, "")
                            .and(notIn(root, "deploy.demo", "deploy.bench", "deploy.soak"))
                            .and(notAnApp(root)),
                    callMethod(System.class, "exit", int.class).or(callMethod(Runtime.class, "exit", int.class)));
        }
    },
    COMMANDS_ALONE_PRINT("a service's words go to its log; remedy: return the value, or log through slf4j") {
        @Override
        ArchRule rule(String root) {
            return nobody(
                    in(root, "")
                            .and(notIn(root, ".cli", "deploy.demo", "deploy.bench", "deploy.soak"))
                            .and(notAnApp(root)),
                    accessField(System.class, "out").or(accessField(System.class, "err")));
        }
    },
    NOBODY_LOGS_PAST_SLF4J("one log, one format; remedy: org.slf4j.Logger") {
        @Override
        ArchRule rule(String root) {
            return nobody(in(root, ""), dependOnClassesThat(resideInAnyPackage("java.util.logging..")));
        }
    };

    private final String because;

    Wall(String because) {
        this.because = because;
    }

    final ArchRule under(String root) {
        return rule(root).because(because);
    }

    abstract ArchRule rule(String root);

    private static ArchRule nobody(DescribedPredicate<JavaClass> who, ArchCondition<JavaClass> does) {
        // A wall may stand before what it will hold apart does.
        return noClasses().that(who).should(does).allowEmptyShould(true);
    }

    /** A part is a package below the root; one that begins with a dot is found at any depth. */
    private static DescribedPredicate<JavaClass> in(String root, String... parts) {
        return resideInAnyPackage(Arrays.stream(parts)
                .map(part -> part.isEmpty() ? root + ".." : root + '.' + part + "..")
                .toArray(String[]::new));
    }

    private static DescribedPredicate<JavaClass> notIn(String root, String... parts) {
        return DescribedPredicate.not(in(root, parts));
    }

    private static DescribedPredicate<JavaClass> notAnApp(String root) {
        return DescribedPredicate.not(
                nameMatching(root.replace(".", "\\.") + "\\.(sender\\.SenderApp|receiver\\.ReceiverApp)(\\$.*)?")
                        .forSubtype());
    }
}
