package org.mydropout.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.job.KafkaJobs.fromFile;
import static org.mydropout.job.KafkaJobs.line;
import static org.mydropout.job.KafkaJobs.options;
import static org.mydropout.job.KafkaJobs.toFiles;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.job.JobRunner.Outcome;
import org.mydropout.job.connector.kafka.KafkaBroker;

/** Tests for {@link VerifyCommand} with topics of a real broker. */
@Timeout(300)
class KafkaVerifyITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    @RegisterExtension private static final KafkaBroker BROKER = new KafkaBroker();

    private static final String GREEN = "The output is what the input gives.";

    @TempDir private Path directory;
    private KafkaJobs jobs;

    @BeforeEach
    void createTopics() throws Exception {
        jobs = new KafkaJobs(BROKER, directory);
    }

    /** The output, with columns one space apart. */
    private static List<String> printed(Outcome outcome) {
        assertThat(outcome.err()).isEmpty();
        return outcome.out().lines().map(line -> line.replaceAll(" {2,}", " ")).toList();
    }

    private static void assertGreen(Outcome outcome, int equal) {
        assertThat(printed(outcome))
                .containsExactly(
                        "equal " + equal,
                        "different 0",
                        "missing 0",
                        "unexpected 0",
                        "repeated 0",
                        GREEN);
        assertThat(outcome.status()).isZero();
    }

    private String hint() {
        return "What has come to topic %s since the job read it counts as missing; source.scan.bounded.mode: specific-offsets leaves it out."
                .formatted(jobs.in);
    }

    private void sendWithHeaders(int number) throws Exception {
        List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            messages.add(
                    new ProducerRecord<>(
                            jobs.in,
                            null,
                            1_000_000_000_000L + i,
                            ("k" + i).getBytes(UTF_8),
                            line(i).getBytes(UTF_8),
                            List.of(new RecordHeader("trace", new byte[] {(byte) i}))));
        }
        BROKER.send(messages);
    }

    @Test
    void findsWhateverHasChangedInAMessage() throws Exception {
        sendWithHeaders(40);
        jobs.done();
        assertGreen(jobs.verify(), 40);

        List<ConsumerRecord<byte[], byte[]>> written = new ArrayList<>(BROKER.read(jobs.out));
        written.sort(Comparator.comparing(ConsumerRecord::timestamp));
        List<ProducerRecord<byte[], byte[]>> changed = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            ConsumerRecord<byte[], byte[]> message = written.get(i);
            String value = new String(message.value(), UTF_8);
            Headers headers = new RecordHeaders(message.headers().toArray());
            byte[] key = message.key();
            long timestamp = message.timestamp();
            switch (i) {
                case 0 -> key = "other".getBytes(UTF_8);
                case 1 -> key = null;
                case 2 -> headers.remove("trace");
                case 3 -> headers.add("trace", new byte[0]);
                case 4 -> timestamp++;
                case 5 -> value = value.replaceFirst("16\\.0", "16.000002");
                case 6 -> value = value.replace("\"é\":\"6\"", "\"é\":\"7\"");
                case 7 -> value = null;
                default -> {}
            }
            if (value != null) {
                changed.add(
                        new ProducerRecord<>(
                                jobs.dead, null, timestamp, key, value.getBytes(UTF_8), headers));
            }
        }
        changed.add(changed.get(20));
        BROKER.send(changed);

        Outcome outcome = jobs.verify("sink.topic", jobs.dead);

        assertThat(printed(outcome))
                .containsExactly(
                        "equal 32",
                        "different 7",
                        "missing 1",
                        "unexpected 0",
                        "repeated 1",
                        "id 0, step 0 must have the key \"k0\", but has \"other\"",
                        "id 1, step 0 must have the key \"k1\", but has null",
                        "id 2, step 0 must have the headers [\"trace\"=\"\\u0002\"], but has []",
                        "id 3, step 0 must have the headers [\"trace\"=\"\\u0003\"], but has [\"trace\"=\"\\u0003\", \"trace\"=\"\"]",
                        "id 4, step 0 must have the timestamp 2001-09-09T01:46:40.004Z, but has 2001-09-09T01:46:40.005Z",
                        "id 5, step 0 must have 16.0 (41800000) at index 7, but has 16.000002 (41800001)",
                        "id 6, step 0 must have the other fields {\"id\":6,\"step\":0,\"features\":,\"é\":\"6\"}, but has {\"id\":6,\"step\":0,\"features\":,\"é\":\"7\"}",
                        "id 7, step 0 is missing",
                        "id 21, step 0 must occur once, but occurs 2 times",
                        hint(),
                        "The output is not what the input gives.");
        assertThat(outcome.status()).isEqualTo(1);
    }

    /** Messages have no header that could say in which column the provenance is. */
    @Test
    void refusesRowsWithoutAProvenanceInItsColumn() throws Exception {
        BROKER.send(List.of(new ProducerRecord<>(jobs.in, 0, null, "1,0,1;2;3".getBytes(UTF_8))));
        String[] csv = {
            "source.format", "csv",
            "source.csv.columns", "id;step;features",
            "sink.format", "csv"
        };
        jobs.done(csv);

        Outcome outcome = jobs.verify(options(csv, new String[] {"sink.provenance", "true"}));

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .contains(
                        "must have its provenance in column 4, as the layers of the job file say, but no message has one there.");
    }

    @Test
    void leavesOutTheTimestampsThatBrokersSet() throws Exception {
        sendWithHeaders(10);
        String appended = jobs.out + "-appended";
        BROKER.create(appended, 1, Map.of("message.timestamp.type", "LogAppendTime"));
        jobs.done("sink.topic", appended);

        assertGreen(jobs.verify("sink.topic", appended), 10);
    }

    @Test
    void comparesWhatFilesAndTopicsBothHave() throws Exception {
        sendWithHeaders(10);
        Path file = Files.writeString(directory.resolve("in.jsonl"), line(1) + "\n");
        String[] toFiles = toFiles(directory.resolve("out"));
        String[] fromFile =
                options(new String[] {"execution.runtime-mode", "BATCH"}, fromFile(file));
        jobs.done(toFiles);
        jobs.done(fromFile);

        assertGreen(jobs.verify(toFiles), 10);
        assertGreen(jobs.verify(fromFile), 1);
    }

    @Test
    void countsAsMissingWhatHasComeSince() throws Exception {
        BROKER.send(List.of(new ProducerRecord<>(jobs.in, 0, null, line(0).getBytes(UTF_8))));
        jobs.done();
        BROKER.send(List.of(new ProducerRecord<>(jobs.in, 0, null, line(1).getBytes(UTF_8))));

        for (String mode : List.of("latest-offset", "unbounded")) {
            Outcome outcome = jobs.verify("source.scan.bounded.mode", mode);

            assertThat(printed(outcome))
                    .containsExactly(
                            "equal 1",
                            "different 0",
                            "missing 1",
                            "unexpected 0",
                            "repeated 0",
                            "id 1, step 0 is missing",
                            hint(),
                            "The output is not what the input gives.");
            assertThat(outcome.status()).isEqualTo(1);
        }
        assertGreen(
                jobs.verify(
                        "source.scan.bounded.mode", "specific-offsets",
                        "source.scan.bounded.specific-offsets",
                                "partition:0,offset:1;partition:1,offset:0"),
                1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv"})
    void isVerifiedFromTheProvenanceInATopic(String format) throws Exception {
        boolean csv = format.equals("csv");
        String value = csv ? "1,1;2;3,false" : line(0);
        String[] places = {
            "source.format",
            format,
            "source.csv.columns",
            csv ? "id;features;test" : "",
            "sink.provenance",
            "true"
        };
        String[] made = {
            "source.fields.deterministic", csv ? "test" : "",
            "dropout.step-from", csv ? "constant" : "record",
            "dropout.step", csv ? "3" : ""
        };
        Outcome none = jobs.verify(options(places, made));
        BROKER.send(List.of(new ProducerRecord<>(jobs.in, value.getBytes(UTF_8))));
        jobs.done(options(places, made));

        assertGreen(
                jobs.verify(
                        options(places, new String[] {"dropout.rate", "", "dropout.seed", "7"})),
                1);
        assertGreen(none, 0);
    }

    @Test
    void saysThatATopicIsNotThere() {
        Outcome outcome = jobs.verify("sink.topic", "lost");

        assertThat(outcome.err())
                .contains("sink.topic must be a topic that exists", "have no topic lost.");
        assertThat(outcome.status()).isEqualTo(2);
    }
}
