package org.mydropout.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mydropout.job.Main;
import org.mydropout.kernel.flax.Rngs;
import org.mydropout.kernel.layer.MyDropout;
import org.mydropout.kernel.layer.SelectionLoops;
import org.mydropout.kernel.random.BlockLoops;
import org.mydropout.kernel.random.ErfInvLoops;
import org.mydropout.kernel.random.PrngKey;
import org.mydropout.sql.MyDropoutModuleFactory;

/** Tests for the jars that {@code mvn package} makes. */
class PackagedJarsITCase {

    private static final String SERVICES = "META-INF/services/";
    private static final String FACTORIES = SERVICES + "org.apache.flink.table.factories.Factory";

    /**
     * The content of the jar for {@code flink run}: our classes and the dependencies that Flink
     * lacks.
     */
    private static final List<String> ROOTS =
            List.of(
                    "org/mydropout/",
                    "picocli/",
                    "com/fasterxml/jackson/",
                    "org/apache/flink/connector/kafka/",
                    "org/apache/flink/streaming/connectors/kafka/",
                    "org/apache/flink/streaming/util/serialization/", // also of Kafka's connector
                    "org/apache/kafka/",
                    "org/apache/commons/statistics/distribution/",
                    "org/apache/commons/numbers/", // for the distributions, as is the next
                    "org/apache/commons/rng/",
                    "org/tukaani/xz/",
                    "com/github/luben/zstd/");

    private static Set<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> classes(Path jar) throws IOException {
        return entries(jar).stream()
                .filter(name -> name.endsWith(".class"))
                .map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> classes(List<Path> jars) throws IOException {
        Set<String> classes = new TreeSet<>();
        for (Path jar : jars) {
            classes.addAll(classes(jar));
        }
        return classes;
    }

    private static String text(Path jar, String entry) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            byte[] bytes = file.getInputStream(file.getJarEntry(entry)).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    @Test
    void jobJarHasOursAndWhatFlinkHasNot() throws IOException {
        Set<String> classes = classes(ClusterJars.job());

        assertThat(classes)
                .filteredOn(name -> ROOTS.stream().noneMatch(name::startsWith))
                .isEmpty();
        assertThat(classes)
                .contains(
                        "org/mydropout/job/Main.class",
                        "org/apache/kafka/clients/producer/KafkaProducer.class",
                        "org/tukaani/xz/XZInputStream.class",
                        "com/github/luben/zstd/ZstdInputStream.class");
        assertThat(ROOTS)
                .allMatch(root -> classes.stream().anyMatch(name -> name.startsWith(root)));
    }

    @Test
    void jobJarHasNoClassOfFlinks() throws IOException {
        Set<String> ofFlink = classes(ClusterJars.flink());
        assertThat(ofFlink)
                .contains(
                        "org/apache/flink/api/common/functions/RichMapFunction.class",
                        "org/slf4j/Logger.class",
                        "org/apache/logging/log4j/Logger.class");

        assertThat(classes(ClusterJars.job())).filteredOn(ofFlink::contains).isEmpty();
    }

    @Test
    void jobJarHasTheServicesOfAllThatIsInside() throws IOException {
        Path jar = ClusterJars.job();

        assertThat(text(jar, FACTORIES))
                .contains(
                        MyDropoutModuleFactory.class.getName(),
                        "org.apache.flink.streaming.connectors.kafka.table.KafkaDynamicTableFactory");
        Set<String> classes = classes(jar);
        for (String service : entries(jar)) {
            if (service.startsWith(SERVICES)) {
                assertThat(text(jar, service).lines())
                        .as(service)
                        .map(line -> line.replaceFirst("#.*", "").strip())
                        .filteredOn(provider -> !provider.isEmpty())
                        .isNotEmpty()
                        .allMatch(p -> classes.contains(p.replace('.', '/') + ".class"));
            }
        }
    }

    @Test
    void jobJarStartsTheCommandLineAndIsNotSigned() throws IOException {
        try (JarFile jar = new JarFile(ClusterJars.job().toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS))
                    .isEqualTo(Main.class.getName());
            assertThat(manifest.getValue(Attributes.Name.MULTI_RELEASE)).isEqualTo("true");
        }
        assertThat(entries(ClusterJars.job()))
                .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA|EC)"));
    }

    @Test
    void jobJarHasTheLicencesAndNoticesOfAllThatIsInside() throws IOException {
        Path jar = ClusterJars.job();

        assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
        assertThat(text(jar, "META-INF/NOTICE"))
                .contains("Flink : Connectors : Kafka", "Jackson JSON processor");
        assertThat(text(jar, "NOTICE")).contains("Apache Kafka");
        assertThat(text(jar, "META-INF/licenses/THIRD-PARTY.txt"))
                .contains(
                        "info.picocli:picocli:",
                        "com.fasterxml.jackson.core:jackson-core:",
                        "org.apache.flink:flink-connector-kafka:",
                        "org.apache.kafka:kafka-clients:",
                        "org.apache.commons:commons-statistics-distribution:",
                        "org.tukaani:xz:",
                        "com.github.luben:zstd-jni:")
                .doesNotContain("Unknown license", "flink-streaming-java", "junit");
        assertThat(entries(jar))
                .contains(
                        "META-INF/FastDoubleParser-LICENSE",
                        "META-INF/licenses/LICENSE.protobuf",
                        "META-INF/licenses/LICENSE.zstd",
                        "META-INF/licenses/LICENSE.zstd-jni");
    }

    @Test
    void operatorJarHasOursWithoutTheJob() throws IOException {
        Path jar = ClusterJars.operator();

        assertThat(entries(jar))
                .filteredOn(name -> !name.startsWith("META-INF/"))
                .allMatch(
                        name ->
                                name.equals("flink-mydropout.properties")
                                        || name.matches(
                                                "org/mydropout/(kernel|vectorapi|flink|sql|testkit)/.*"))
                .contains(
                        "org/mydropout/kernel/layer/MyDropout.class",
                        "org/mydropout/vectorapi/VectorApiLoops.class",
                        "org/mydropout/flink/DropoutMapFunction.class",
                        "org/mydropout/sql/MyDropoutFunction.class",
                        "org/mydropout/testkit/ReplayCheck.class");
        assertThat(text(jar, FACTORIES).strip()).isEqualTo(MyDropoutModuleFactory.class.getName());
        assertThat(text(jar, SERVICES + BlockLoops.class.getName()).strip())
                .isEqualTo("org.mydropout.vectorapi.VectorApiLoops");
        assertThat(text(jar, SERVICES + ErfInvLoops.class.getName()).strip())
                .isEqualTo("org.mydropout.vectorapi.VectorApiErfInvLoops");
        assertThat(text(jar, SERVICES + SelectionLoops.class.getName()).strip())
                .isEqualTo("org.mydropout.vectorapi.VectorApiSelectionLoops");
        assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
    }

    @Test
    void operatorJarNeedsNothingBesideFlink(@TempDir Path directory) throws Exception {
        List<Path> classPath = new ArrayList<>(ClusterJars.flink(directory, OperatorProgram.class));
        classPath.add(ClusterJars.operator());
        List<String> ofJob =
                List.of(
                        "picocli/CommandLine.class",
                        "com/fasterxml/jackson/core/JsonFactory.class",
                        "org/apache/kafka/clients/producer/KafkaProducer.class");
        assertThat(classes(ClusterJars.job())).containsAll(ofJob);
        assertThat(classes(classPath)).filteredOn(ofJob::contains).isEmpty();

        JavaProcess program =
                JavaProcess.start(
                        List.of(),
                        classPath,
                        Map.of(),
                        directory.resolve("log"),
                        OperatorProgram.class.getName(),
                        List.of());

        assertThat(program.exitStatus(Duration.ofMinutes(5))).as(program.output()).isZero();
        PrngKey key = PrngKey.of(42).foldIn(1).foldIn(2);
        float[] expected =
                new MyDropout(0.5).apply(new float[] {1, 2, 3, 4}, false, Rngs.of("dropout", key));
        String text = Arrays.toString(expected);
        assertThat(text).contains("0.0");
        assertThat(program.output().lines()).contains("operator: " + text, "SQL: " + text);
    }
}
