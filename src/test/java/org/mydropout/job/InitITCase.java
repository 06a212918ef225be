package org.mydropout.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mydropout.job.JobRunner.Outcome;
import org.mydropout.job.config.JobFile;
import org.mydropout.job.connector.kafka.KafkaBroker;

/** Tests that the job files of {@link InitCommand} run, for files and for a topic of a broker. */
@Timeout(300)
class InitITCase {

    @RegisterExtension private static final KafkaBroker BROKER = new KafkaBroker();

    @TempDir private Path directory;

    @Test
    void jobOfAFileRunsAndVerifies() throws Exception {
        Path source = directory.resolve("train.csv");
        Files.writeString(
                source,
                IntStream.range(0, 150)
                        .mapToObj(i -> i % 10 + "," + i + ",2,3,4")
                        .collect(
                                Collectors.joining(
                                        "\n", "label,pixel1,pixel2,pixel3,pixel4\n", "\n")));
        Path job = directory.resolve("job.yaml");

        assertDone("init", "--from", source.toString(), "-o", job.toString());

        assertThat(assertDone("run", job.toString()).out())
                .containsPattern("records out +150 .*" + directory.resolve("job-augmented"));
        assertThat(assertDone("verify", job.toString()).out()).containsPattern("equal +150\n");
    }

    @Test
    void jobOfATopicRuns() throws Exception {
        KafkaJobs topics = new KafkaJobs(BROKER, directory);
        topics.send(0, 120);
        Path job = directory.resolve("job.yaml");

        Outcome init =
                assertDone(
                        "init",
                        "--topic",
                        topics.in,
                        "--bootstrap-server",
                        BROKER.servers(),
                        "-Dsink.topic=" + topics.out,
                        "-o",
                        job.toString());

        assertThat(init.out())
                .startsWith("The first 100 records of topic %s: 100 decoded".formatted(topics.in));
        assertThat(JobFile.read(job.toFile(), Map.of()).toMap())
                .containsEntry("source.format", "json")
                .containsEntry("source.fields.features", "features")
                .containsEntry("source.fields.step", "step")
                .containsEntry("sink.properties.bootstrap.servers", BROKER.servers());
        assertThat(topics.values(topics.out)).as("what the preview wrote").isEmpty();
        assertDone("run", job.toString(), "-Dsource.scan.bounded.mode=latest-offset");
        assertThat(topics.values(topics.out)).hasSize(120);
    }

    @Test
    void columnsOfMessagesMustBeGiven() throws Exception {
        KafkaJobs topics = new KafkaJobs(BROKER, directory);
        BROKER.send(List.of(new ProducerRecord<>(topics.in, "7;0.5 0.25".getBytes(UTF_8))));
        Path job = directory.resolve("job.yaml");
        String[] command = {
            "init",
            "--topic",
            topics.in,
            "--bootstrap-server",
            BROKER.servers(),
            "-o",
            job.toString(),
            "-Dsink.topic=" + topics.out
        };

        Outcome refused = JobRunner.run(command);
        assertThat(refused.err()).contains("source.csv.columns must name the columns of messages");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(job).doesNotExist();

        command[command.length - 1] = "-Dsource.csv.columns=id;vector";
        assertDone(command);
        assertThat(JobFile.read(job.toFile(), Map.of()).toMap())
                .containsEntry("source.csv.field-delimiter", ";")
                .containsEntry("source.csv.array-element-delimiter", " ")
                .containsEntry("source.fields.features", "vector")
                .containsEntry("dropout.id-type", "uint32");
    }

    @Test
    void saysThatThereIsNoSuchTopic() {
        Outcome outcome =
                JobRunner.run(
                        "init",
                        "--topic",
                        "no-such-topic",
                        "--bootstrap-server",
                        BROKER.servers(),
                        "-o",
                        directory.resolve("job.yaml").toString());
        assertThat(outcome.err()).contains("no-such-topic");
        assertThat(outcome.status()).isEqualTo(2);
    }

    private static Outcome assertDone(String... command) {
        Outcome outcome = JobRunner.run(command);
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return outcome;
    }
}
