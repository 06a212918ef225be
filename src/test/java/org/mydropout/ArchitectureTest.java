package org.mydropout;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.MessageDigest;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Tests for which package may use which. */
@AnalyzeClasses(packages = "org.mydropout", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final DescribedPredicate<JavaClass> IN_JAVA_BASE =
            describe(
                    "in the module java.base",
                    type ->
                            type.getBaseComponentType().reflect().getModule()
                                    == Object.class.getModule());

    @ArchTest
    static final ArchRule kernelDependsOnJavaBaseAlone =
            classes()
                    .that()
                    .resideInAPackage("org.mydropout.kernel..")
                    .should()
                    .onlyDependOnClassesThat(
                            IN_JAVA_BASE.or(resideInAPackage("org.mydropout.kernel..")));

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("org.mydropout.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule arrowsGoFromTheJobToTheKernel =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .withOptionalLayers(true)
                    .layer("job")
                    .definedBy("org.mydropout.job..")
                    .layer("testkit")
                    .definedBy("org.mydropout.testkit..")
                    .layer("sql")
                    .definedBy("org.mydropout.sql..")
                    .layer("flink")
                    .definedBy("org.mydropout.flink..")
                    .layer("vectorapi")
                    .definedBy("org.mydropout.vectorapi..")
                    .layer("kernel")
                    .definedBy("org.mydropout.kernel..")
                    .whereLayer("job")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("testkit")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("sql")
                    .mayOnlyBeAccessedByLayers("job")
                    .whereLayer("flink")
                    .mayOnlyBeAccessedByLayers("job", "testkit", "sql")
                    .whereLayer("vectorapi")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("kernel")
                    .mayOnlyBeAccessedByLayers("job", "sql", "flink", "vectorapi");

    /** {@code java.util.logging} is no part of java.base, for all that its name suggests. */
    @Test
    void tellsTheModulesOfThePlatformApart() {
        JavaClasses logging = new ClassFileImporter().importClasses(Logs.class);
        JavaClasses plain = new ClassFileImporter().importClasses(Plain.class);
        ArchRule rule = classes().should().onlyDependOnClassesThat(IN_JAVA_BASE);
        assertThat(rule.evaluate(logging).hasViolation()).isTrue();
        assertThat(rule.evaluate(plain).hasViolation()).isFalse();
    }

    record Logs(Logger logger) {}

    record Plain(MessageDigest digest) {}
}
