package org.mydropout;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.flink.annotation.Experimental;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.junit.jupiter.api.Test;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.kernel.flax.RecordKeys;
import org.mydropout.kernel.layer.KeyedLayer;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.Layer;
import org.mydropout.kernel.random.PrngKey;

/** Tests for the dependencies between packages. */
@AnalyzeClasses(packages = "org.mydropout", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "org.mydropout.";

    /** Every package of the project, from bottom to top, with the packages that it may use. */
    private static final Map<String, Set<String>> PACKAGES = packages();

    private static final DescribedPredicate<JavaClass> IN_JAVA_BASE =
            describe(
                    "in the module java.base",
                    type ->
                            type.getBaseComponentType().reflect().getModule()
                                    == Object.class.getModule());

    private static Map<String, Set<String>> packages() {
        Map<String, Set<String>> packages = new LinkedHashMap<>();
        packages.put("kernel.math", Set.of());
        packages.put("kernel.random", Set.of("kernel.math"));
        packages.put("kernel.flax", Set.of("kernel.random"));
        packages.put("kernel.layer", Set.of("kernel.math", "kernel.random", "kernel.flax"));
        packages.put("vectorapi", Set.of("kernel.math", "kernel.random", "kernel.layer"));
        packages.put(
                "flink", Set.of("kernel.math", "kernel.random", "kernel.flax", "kernel.layer"));
        packages.put("sql", Set.of("kernel.flax", "kernel.layer", "flink"));
        packages.put("testkit", Set.of("flink"));
        packages.put("job.text", Set.of("kernel.math", "kernel.flax", "kernel.layer", "flink"));
        packages.put("job.snapshot", Set.of());
        packages.put("job.connector", Set.of("flink", "job.text"));
        packages.put(
                "job.connector.file", Set.of("flink", "job.text", "job.connector", "job.snapshot"));
        packages.put("job.connector.kafka", Set.of("flink", "job.text", "job.connector"));
        packages.put(
                "job.augment",
                Set.of("kernel.flax", "kernel.layer", "flink", "job.text", "job.connector"));
        packages.put(
                "job.config",
                Set.of(
                        "kernel.math",
                        "kernel.flax",
                        "kernel.layer",
                        "flink",
                        "job.text",
                        "job.connector",
                        "job.connector.file",
                        "job.connector.kafka",
                        "job.augment"));
        packages.put(
                "job.verify",
                Set.of(
                        "kernel.layer",
                        "flink",
                        "job.text",
                        "job.connector",
                        "job.augment",
                        "job.config"));
        packages.put(
                "job.explain",
                Set.of(
                        "kernel.math",
                        "kernel.random",
                        "kernel.flax",
                        "kernel.layer",
                        "flink",
                        "job.text",
                        "job.connector",
                        "job.augment",
                        "job.config"));
        packages.put(
                "job.sheet",
                Set.of(
                        "kernel.math",
                        "kernel.flax",
                        "kernel.layer",
                        "flink",
                        "job.text",
                        "job.connector",
                        "job.augment",
                        "job.config",
                        "job.explain"));
        packages.put(
                "job.init",
                Set.of(
                        "kernel.flax",
                        "kernel.layer",
                        "flink",
                        "job.text",
                        "job.connector",
                        "job.augment",
                        "job.config",
                        "job.explain"));
        packages.put("job.options", Set.of("job.config"));
        packages.put("job.progress", Set.of("job.augment"));
        packages.put("job.script", Set.of());
        packages.put(
                "job",
                Set.of(
                        "kernel.flax",
                        "kernel.layer",
                        "flink",
                        "job.text",
                        "job.connector",
                        "job.augment",
                        "job.config",
                        "job.verify",
                        "job.explain",
                        "job.sheet",
                        "job.init",
                        "job.options",
                        "job.progress",
                        "job.script",
                        "job.snapshot"));
        return packages;
    }

    @ArchTest
    static void hasThePackagesOfTheTableAndNoOthers(JavaClasses classes) {
        Set<String> found =
                classes.stream()
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .map(ArchitectureTest::name)
                        .collect(toCollection(TreeSet::new));

        assertThat(found).isEqualTo(new TreeSet<>(PACKAGES.keySet()));
    }

    @Test
    void arrowsGoDownwardsOnly() {
        Set<String> below = new HashSet<>();
        PACKAGES.forEach(
                (name, used) -> {
                    assertThat(below).as("what is below " + name).containsAll(used);
                    below.add(name);
                });
    }

    @ArchTest
    static void packagesUseThoseOfTheTableAlone(JavaClasses classes) {
        List<String> forbidden = new ArrayList<>();
        for (JavaClass type : classes) {
            Set<String> allowed = PACKAGES.getOrDefault(name(type), Set.of());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass used = dependency.getTargetClass().getBaseComponentType();
                if (used.getPackageName().startsWith(ROOT)
                        && !name(used).equals(name(type))
                        && !allowed.contains(name(used))) {
                    forbidden.add(dependency.getDescription());
                }
            }
        }
        assertThat(forbidden).isEmpty();
    }

    @ArchTest
    static final ArchRule kernelDependsOnJavaBaseAlone =
            classes()
                    .that()
                    .resideInAPackage("org.mydropout.kernel..")
                    .should()
                    .onlyDependOnClassesThat(
                            IN_JAVA_BASE.or(resideInAPackage("org.mydropout.kernel..")));

    @ArchTest
    static final ArchRule publicTypesOfTheLibrarySayHowStableTheyAre =
            classes()
                    .that()
                    .resideInAnyPackage(
                            "org.mydropout.flink", "org.mydropout.sql", "org.mydropout.testkit")
                    .and()
                    .arePublic()
                    .and()
                    .areTopLevelClasses()
                    .should()
                    .beAnnotatedWith(PublicEvolving.class)
                    .orShould()
                    .beAnnotatedWith(Experimental.class)
                    .orShould()
                    .beAnnotatedWith(Internal.class);

    /** Its KernelFactory is the one way from a {@link DropoutConfig} to draws. */
    @ArchTest
    static final ArchRule oneClassMakesKeysAndLayersOfOptions =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("org.mydropout.kernel..", "org.mydropout.vectorapi..")
                    .and()
                    .doNotHaveFullyQualifiedName("org.mydropout.flink.KernelFactory")
                    .should()
                    .callCodeUnitWhere(
                            describe(
                                    "a key or a layer is made", ArchitectureTest::makesKeyOrLayer));

    private static boolean makesKeyOrLayer(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        if (call instanceof JavaConstructorCall) {
            return Stream.of(Layer.class, KeyedTransform.class, RecordKeys.class, PrngKey.class)
                    .anyMatch(owner::isAssignableTo);
        }
        return (owner.isEquivalentTo(PrngKey.class)
                        && Set.of("of", "foldIn", "foldWord", "split").contains(call.getName()))
                || (owner.isEquivalentTo(KeyedLayer.class)
                        && Set.of("at", "nnx", "raw").contains(call.getName()));
    }

    /** {@code java.util.logging} is not part of java.base, although its name suggests it. */
    @Test
    void tellsTheModulesOfThePlatformApart() {
        JavaClasses logging = new ClassFileImporter().importClasses(Logs.class);
        JavaClasses plain = new ClassFileImporter().importClasses(Plain.class);
        ArchRule rule = classes().should().onlyDependOnClassesThat(IN_JAVA_BASE);
        assertThat(rule.evaluate(logging).hasViolation()).isTrue();
        assertThat(rule.evaluate(plain).hasViolation()).isFalse();
    }

    private static String name(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }

    record Logs(Logger logger) {}

    record Plain(MessageDigest digest) {}
}
