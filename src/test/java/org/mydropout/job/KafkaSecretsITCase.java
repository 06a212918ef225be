package org.mydropout.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.job.KafkaJobs.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectClusterRESTAddress;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mydropout.job.JobRunner.Outcome;
import org.mydropout.job.connector.kafka.KafkaBroker;

/** Tests that secrets in the properties of Kafka's clients are never printed. */
@Timeout(300)
class KafkaSecretsITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    @RegisterExtension private static final KafkaBroker BROKER = new KafkaBroker();

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String[] SECRETS = {
        "source.properties.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required"
                + " username='hunter1-user' password='hunter2-password';",
        "source.properties.ssl.key.password",
        "hunter3",
        "source.properties.my.plugin.option",
        "hunter4",
        "sink.properties.ssl.truststore.password",
        "hunter5",
        "sink.properties.my.plugin.token",
        "hunter6"
    };

    /** Properties with which a client cannot log in at the brokers. */
    private static String[] withoutLogin(String owner) {
        return new String[] {
            owner + ".properties.security.protocol", "SASL_PLAINTEXT",
            owner + ".properties.sasl.mechanism", "PLAIN",
            owner + ".properties.sasl.jaas.config",
                    "org.apache.kafka.common.security.plain.PlainLoginModule required"
                            + " username='hunter7' password='hunter8';",
            owner + ".properties.default.api.timeout.ms", "500",
            owner + ".properties.request.timeout.ms", "500"
        };
    }

    @TempDir private Path directory;
    private KafkaJobs jobs;

    @BeforeEach
    void createTopics() throws Exception {
        jobs = new KafkaJobs(BROKER, directory);
    }

    @Test
    void printsNoSecret(@InjectClusterRESTAddress URI rest) throws Exception {
        jobs.send(0, 10);
        String[] unreadable = {
            "source.properties.sasl.jaas.config", "required hunter7=hunter8 'hunter9'"
        };
        String[] provenance = {"sink.provenance", "true"};
        String[] secrets = options(SECRETS, new String[] {"pipeline.name", jobs.out});
        List<String> log;
        List<Outcome> outcomes;
        try (CapturedLog captured = CapturedLog.open()) {
            outcomes =
                    List.of(
                            jobs.done(secrets),
                            jobs.run(options(secrets, unreadable)),
                            jobs.run(options(secrets, withoutLogin("source"))),
                            jobs.verify(secrets),
                            jobs.verify(options(secrets, withoutLogin("sink"))),
                            jobs.verify(options(secrets, provenance)),
                            jobs.verify(options(secrets, provenance, withoutLogin("sink"))));
            log = captured.lines();
        }
        List<String> answers = new ArrayList<>();
        for (JsonNode job : MAPPER.readTree(get(rest, "/jobs/overview")).get("jobs")) {
            if (job.get("name").asText().equals(jobs.out)) {
                for (String path : List.of("", "/config", "/plan", "/exceptions")) {
                    answers.add(get(rest, "/jobs/" + job.get("jid").asText() + path));
                }
            }
        }
        answers.add(get(rest, "/jobmanager/config"));

        // Each place was reached, and printed a message that could have contained a secret.
        assertThat(outcomes)
                .extracting(outcome -> outcome.status() + " " + outcome.out() + outcome.err())
                .satisfiesExactly(
                        text -> assertThat(text).startsWith("0 records in"),
                        text -> assertThat(text).startsWith("2 ").contains("jaas.config must be"),
                        text -> assertThat(text).startsWith("2 ").contains("brokers that answer"),
                        text -> assertThat(text).startsWith("0 equal "),
                        text -> assertThat(text).startsWith("2 ").contains("brokers that answer"),
                        text ->
                                assertThat(text)
                                        .startsWith("1 ")
                                        .contains("must have the provenance"),
                        text -> assertThat(text).startsWith("2 ").contains("brokers that answer"));
        assertThat(log)
                .anyMatch(line -> line.contains("ssl.key.password = [hidden]"))
                .anyMatch(line -> line.contains("ssl.truststore.password = [hidden]"))
                .noneMatch(line -> line.contains("hunter"));
        assertThat(answers)
                .hasSize(3 * 4 + 1)
                .noneMatch(String::isEmpty)
                .anyMatch(answer -> answer.contains("\"execution-config\""))
                .anyMatch(answer -> answer.contains("\"plan\""))
                .anyMatch(answer -> answer.contains("\"exceptionHistory\""))
                .noneMatch(answer -> answer.contains("hunter"));
        assertThat(outcomes)
                .noneMatch(outcome -> (outcome.out() + outcome.err()).contains("hunter"));
    }

    /** A plugin that fails with its configuration in the message. */
    public static final class Telltale
            implements ConsumerInterceptor<byte[], byte[]>, ProducerInterceptor<byte[], byte[]> {

        @Override
        public void configure(Map<String, ?> properties) {
            throw new IllegalArgumentException("Wrong: " + properties.get("my.plugin.token"));
        }

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            return records;
        }

        @Override
        public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
            return record;
        }

        @Override
        public void onAcknowledgement(RecordMetadata metadata, Exception exception) {}

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public void close() {}
    }

    @Test
    void hidesWhatAPluginTells() throws Exception {
        jobs.send(0, 1);

        Outcome run = jobs.run(telltale("sink"));
        Outcome verified = jobs.verify(telltale("source"));

        assertThat(run.err())
                .startsWith(
                        "The job failed: IllegalArgumentException: Wrong: ******. --debug shows where.");
        assertThat(run.status()).isEqualTo(1);
        // Flink may notice earlier that it cannot reach the task of the source.
        assertThat(verified.err()).startsWith("The verification failed: ").doesNotContain("hunter");
        assertThat(verified.status()).isEqualTo(1);
    }

    private static String[] telltale(String end) {
        return new String[] {
            end + ".properties.interceptor.classes",
            Telltale.class.getName(),
            end + ".properties.my.plugin.token",
            "hunter2",
            "restart-strategy.type",
            "none"
        };
    }

    private static String get(URI rest, String path) throws IOException {
        try (InputStream in = rest.resolve(path).toURL().openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
