package org.mydropout.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mydropout.cluster.FlinkCluster.DEADLINE;
import static org.mydropout.cluster.FlinkCluster.until;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mydropout.job.JobRunner;
import org.mydropout.job.connector.kafka.KafkaBroker;
import org.mydropout.kernel.layer.MyDropout;

/** Tests for the packaged jar, submitted by Flink's own client as the README says. */
@Tag("cluster")
class SubmissionITCase {

    /** Started as the reference says: {@code env.java.opts.taskmanager: --add-modules=...}. */
    @RegisterExtension
    private static final FlinkCluster CLUSTER =
            new FlinkCluster("--add-modules=jdk.incubator.vector");

    @RegisterExtension private static final KafkaBroker BROKER = new KafkaBroker();

    private static final Pattern SUBMITTED = Pattern.compile("Submitted as job (\\p{XDigit}{32}),");
    private static final Path IMAGES = Path.of("jobs", "data", "fashion-mnist.jsonl");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The output of {@code jobs/augment.yaml}, sorted. */
    private static List<String> augmented;

    @BeforeEach
    void runTheSampleJob() throws Exception {
        if (augmented == null) {
            Path output = CLUSTER.directory().resolve("augmented");
            JavaProcess client = submit("run", "jobs/augment.yaml", "-Dsink.path=" + output);
            assertThat(client.exitStatus(DEADLINE)).as(client.output()).isZero();
            assertThat(client.output()).containsPattern("records out +1,000 ");
            augmented = JobRunner.lines(output);
        }
        assertThat(augmented).hasSize(1000);
    }

    /** {@code flink run flink-mydropout-VERSION.jar ARGUMENTS}. */
    private static JavaProcess submit(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("run", ClusterJars.job().toString()));
        all.addAll(List.of(arguments));
        return CLUSTER.flink(all);
    }

    @Test
    void drawsWithTheVectorApiWhatThisJvmDrawsWithout() throws IOException {
        assertThat(CLUSTER.taskManagerOutput())
                .contains("Masks are drawn with the JDK's Vector API.")
                .doesNotContain("Masks are drawn without");
        assertThat(MyDropout.usesVectorApi()).isFalse();
        Path output = CLUSTER.directory().resolve("augmented-without");
        JobRunner.Outcome embedded =
                JobRunner.run("run", "jobs/augment.yaml", "-Dsink.path=" + output);
        assertThat(embedded.status()).as(embedded.err()).isZero();
        assertThat(JobRunner.lines(output)).isEqualTo(augmented);
    }

    @Test
    void saysOfADetachedJobOnlyThatItRuns() throws Exception {
        AugmentJob job = new AugmentJob(CLUSTER.directory(), "detached", true);

        JavaProcess client = CLUSTER.run(List.of("--detached"), List.of(job.file()));

        assertThat(client.exitStatus(DEADLINE)).as(client.output()).isZero();
        assertThat(client.output()).doesNotContain("records in", "The job failed");
        Matcher submitted = SUBMITTED.matcher(client.output());
        assertThat(submitted.find()).as(client.output()).isTrue();
        String id = submitted.group(1);
        until("the job runs", () -> CLUSTER.rest().state(id).equals("RUNNING"));
        job.release();
        until("the job ends", () -> CLUSTER.rest().state(id).equals("FINISHED"));
        assertThat(job.sortedOutput()).hasSize(AugmentJob.LINES);
    }

    /** The command then runs in the JobManager, which must not end with it. */
    @Test
    void runsFromTheWebInterface() throws Exception {
        AugmentJob job = new AugmentJob(CLUSTER.directory(), "web", false);
        String jar = CLUSTER.rest().upload(ClusterJars.job());
        String wrong = job.file("dropout.rat: 0.1");

        assertThatThrownBy(() -> CLUSTER.rest().runJar(jar, "run", wrong))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("dropout.rat");

        String id = CLUSTER.rest().runJar(jar, "run", job.file());
        until("the job ends", () -> CLUSTER.rest().state(id).equals("FINISHED"));
        assertThat(job.sortedOutput()).hasSize(AugmentJob.LINES);
    }

    @Test
    void givesTheSameLinesFromTopicToTopicAndVerifiesThem() throws Exception {
        BROKER.create("images", 2);
        BROKER.create("images-augmented", 2);
        BROKER.send(
                Files.readAllLines(IMAGES).stream()
                        .map(
                                line ->
                                        new ProducerRecord<byte[], byte[]>(
                                                "images", line.getBytes(UTF_8)))
                        .toList());
        String job = topicJob();

        JavaProcess run = submit("run", job);

        assertThat(run.exitStatus(DEADLINE)).as(run.output()).isZero();
        assertThat(BROKER.read("images-augmented"))
                .extracting(message -> new String(message.value(), UTF_8))
                .containsExactlyInAnyOrderElementsOf(augmented);
        JavaProcess verify = submit("verify", job);
        assertThat(verify.exitStatus(DEADLINE)).as(verify.output()).isZero();
        assertThat(verify.output()).containsPattern("equal +1,000\ndifferent +0\n");
        JavaProcess wrong = submit("verify", job, "-Ddropout.seed=43");
        assertThat(wrong.exitStatus(DEADLINE)).as(wrong.output()).isEqualTo(1);
        assertThat(wrong.output()).containsPattern("equal +0\ndifferent +1,000\n");
    }

    private static String topicJob() throws IOException {
        return Files.writeString(
                        CLUSTER.directory().resolve("kafka.yaml"),
                        """
                        execution: {runtime-mode: STREAMING, checkpointing: {interval: 1 s}}
                        parallelism: {default: 2}
                        source:
                          connector: kafka
                          format: json
                          topic: images
                          properties: {bootstrap.servers: "%1$s"}
                          scan: {startup.mode: earliest-offset, bounded.mode: latest-offset}
                        sink:
                          connector: kafka
                          topic: images-augmented
                          properties: {bootstrap.servers: "%1$s"}
                          delivery-guarantee: exactly-once
                          transactional-id-prefix: augment-images
                        dropout: {rate: 0.1, seed: 42}
                        """
                                .formatted(BROKER.servers()))
                .toString();
    }

    @Test
    void givesTheSameVectorsInSql() throws Exception {
        Path output = CLUSTER.directory().resolve("augmented-sql");
        String script = Files.readString(Path.of("jobs", "augment.sql"));
        Path file = CLUSTER.directory().resolve("augment.sql");
        Files.writeString(file, script.replace("target/augmented-sql", output.toString()));

        JavaProcess client = submit("run", file.toString());

        assertThat(client.exitStatus(DEADLINE)).as(client.output()).isZero();
        assertThat(client.output()).contains("The INSERT of line 30 is done, in ");
        assertThat(records(JobRunner.lines(output))).hasSize(1000).isEqualTo(records(augmented));
    }

    /** The other fields and the bits of each record's vector. */
    private static Map<String, List<Integer>> records(List<String> lines) throws IOException {
        Map<String, List<Integer>> records = new TreeMap<>();
        for (String line : lines) {
            JsonNode node = MAPPER.readTree(line);
            List<Integer> bits = new ArrayList<>();
            for (JsonNode value : node.get("features")) {
                bits.add(Float.floatToRawIntBits(Float.parseFloat(value.asText())));
            }
            records.put(node.get("id") + " " + node.get("step") + " " + node.get("label"), bits);
        }
        return records;
    }
}
