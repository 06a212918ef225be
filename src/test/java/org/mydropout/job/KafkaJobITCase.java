package org.mydropout.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mydropout.job.KafkaJobs.deadLettersToFiles;
import static org.mydropout.job.KafkaJobs.line;
import static org.mydropout.job.KafkaJobs.options;
import static org.mydropout.job.KafkaJobs.toFiles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectClusterClient;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.job.JobRunner.Outcome;
import org.mydropout.job.config.JobFile;
import org.mydropout.job.connector.kafka.KafkaBroker;

/**
 * Tests for jobs from and to topics of a real broker: their output, and how often each message is
 * in it.
 */
@Timeout(300)
class KafkaJobITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    @RegisterExtension private static final KafkaBroker BROKER = new KafkaBroker();

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir private Path directory;
    private KafkaJobs jobs;

    @BeforeEach
    void createTopics() throws Exception {
        jobs = new KafkaJobs(BROKER, directory);
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(2));
    }

    /** Kafka's consumer would wait for the topic for good, and a retry would come after a day. */
    @Test
    void saysThatATopicWasDeletedAndHowFarItWasRead() throws Exception {
        String gone = "gone-" + jobs.out;
        BROKER.create(gone, 2);
        BROKER.send(
                IntStream.range(0, 3)
                        .mapToObj(
                                i ->
                                        new ProducerRecord<byte[], byte[]>(
                                                gone, 0, null, line(i).getBytes(UTF_8)))
                        .toList());
        CompletableFuture<Outcome> run =
                jobs.start(
                        "source.topic", gone,
                        "source.scan.bounded.mode", "unbounded",
                        "sink.delivery-guarantee", "at-least-once",
                        "execution.checkpointing.interval", "100 ms",
                        "parallelism.default", "1",
                        "restart-strategy.type", "fixed-delay",
                        "restart-strategy.fixed-delay.delay", "1 d");
        patiently().until(() -> run.isDone() || jobs.size(jobs.out, "read_committed") == 3);

        BROKER.delete(gone);

        Outcome outcome = run.get(2, TimeUnit.MINUTES);
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith(
                        "The job failed: Topic %s is gone since the job began to read it. Partition 0 was read up to offset 2. Nothing of partition 1 was read."
                                .formatted(gone));
    }

    /** A retry would come after a day. */
    @ParameterizedTest
    @ValueSource(strings = {"exactly-once", "at-least-once"})
    void failsAtOnceAtAMessageThatTheTopicIsTooSmallFor(String guarantee) throws Exception {
        String small = "small-" + jobs.out;
        BROKER.create(small, 1, Map.of("max.message.bytes", "1000"));
        jobs.send(0, 1);
        BROKER.send(
                List.of(
                        new ProducerRecord<>(
                                jobs.in,
                                "{\"id\":1,\"step\":0,\"features\":[%s1]}"
                                        .formatted("1,".repeat(1000))
                                        .getBytes(UTF_8))));

        Outcome outcome =
                jobs.run(
                        "sink.topic",
                        small,
                        "sink.delivery-guarantee",
                        guarantee,
                        "restart-strategy.type",
                        "fixed-delay",
                        "restart-strategy.fixed-delay.delay",
                        "1 d");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .isEqualTo(
                        "The job failed: A message is larger than topic %s takes: the topic's max.message.bytes and, for a client, properties.max.request.size limit it.%nTopic %1$s keeps what was %s before the failure.%n"
                                .formatted(
                                        small,
                                        guarantee.equals("exactly-once") ? "committed" : "sent"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"STREAMING", "BATCH"})
    void keepsKeyHeadersAndTimestamp(String mode) throws Exception {
        List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            messages.add(
                    new ProducerRecord<>(
                            jobs.in,
                            i % 2,
                            1_000_000_000_000L + i,
                            i % 3 == 0 ? null : new byte[] {(byte) i, (byte) 0xFF},
                            line(i).getBytes(UTF_8),
                            List.of(
                                    new RecordHeader("trace", new byte[] {(byte) i, 0}),
                                    new RecordHeader("trace", new byte[0]),
                                    new RecordHeader("none", null))));
        }
        BROKER.send(messages);

        Outcome outcome =
                jobs.done(
                        "execution.runtime-mode", mode,
                        "dropout.rate", "0",
                        "dropout.key-reuse", "count");

        assertThat(BROKER.read(jobs.out))
                .extracting(
                        message ->
                                describe(
                                                message.key(),
                                                message.headers().toArray(),
                                                message.timestamp())
                                        + MAPPER.readTree(message.value()).get("é").asText())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100)
                                .mapToObj(
                                        i ->
                                                describe(
                                                                messages.get(i).key(),
                                                                messages.get(i).headers().toArray(),
                                                                messages.get(i).timestamp())
                                                        + i)
                                .toList());
        assertThat(outcome.out()).contains("topic " + jobs.in, "topic " + jobs.out).contains("100");
    }

    private static String describe(byte[] key, Header[] headers, long timestamp) {
        return Arrays.toString(key)
                + Stream.of(headers)
                        .map(header -> header.key() + Arrays.toString(header.value()))
                        .toList()
                + timestamp;
    }

    @Test
    void writesEachMessageAndDeadLetterOnceAcrossAFailureAndReplaysThemInBatch(
            @InjectMiniCluster MiniCluster cluster, @InjectClusterClient ClusterClient<?> client)
            throws Exception {
        String[] deadLetters =
                options(
                        jobs.deadLetters(),
                        new String[] {
                            "dead-letter.delivery-guarantee",
                            "exactly-once",
                            "dead-letter.transactional-id-prefix",
                            jobs.dead
                        });
        jobs.send(0, 500);
        poison(0, 5);
        // Only the test triggers checkpoints, so it knows what is committed.
        CompletableFuture<Outcome> run =
                jobs.start(
                        options(
                                new String[] {
                                    "pipeline.name", jobs.out,
                                    "source.scan.bounded.mode", "unbounded",
                                    "execution.checkpointing.interval", "10 min",
                                    "execution.checkpointing.min-pause", "10 min"
                                },
                                deadLetters));
        awaitWritten(run, 500, 5);
        assertThat(jobs.size(jobs.out, "read_committed")).isZero();
        assertThat(jobs.size(jobs.dead, "read_committed")).isZero();
        JobID job = jobId(client);
        cluster.triggerCheckpoint(job).get();
        patiently().until(() -> jobs.size(jobs.out, "read_committed") == 500);
        patiently().until(() -> jobs.size(jobs.dead, "read_committed") == 5);
        jobs.send(500, 1000);
        poison(5, 10);
        awaitWritten(run, 1000, 10);

        cluster.terminateTaskManager(0).get();
        cluster.startTaskManager();

        awaitWritten(run, 1500, 15);
        assertThat(jobs.size(jobs.out, "read_committed")).isEqualTo(500);
        assertThat(jobs.size(jobs.dead, "read_committed")).isEqualTo(5);
        jobs.send(1000, 1200);
        poison(10, 12);
        awaitWritten(run, 1700, 17);
        client.stopWithSavepoint(
                        job, false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
                .get();

        Outcome outcome = run.get(2, TimeUnit.MINUTES);
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("The output is whole: topic " + jobs.out)
                .doesNotContain("records in");
        jobs.done(
                options(
                        new String[] {"execution.runtime-mode", "BATCH"},
                        toFiles(directory.resolve("out")),
                        deadLettersToFiles(directory.resolve("dead"))));
        assertThat(jobs.values(jobs.out))
                .hasSize(1200)
                .isEqualTo(JobRunner.lines(directory.resolve("out")));
        assertThat(jobs.values(jobs.dead))
                .hasSize(12)
                .isEqualTo(JobRunner.lines(directory.resolve("dead")))
                .extracting(letter -> MAPPER.readTree(letter).get("record").asText())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 12).mapToObj(i -> "poison " + i).toList());
    }

    /** A job with Flink's own source would not end: FLINK-31006. */
    @Test
    void boundedJobThatContinuesFromASavepointEnds(@InjectClusterClient ClusterClient<?> client)
            throws Exception {
        String[] bounded = {
            "pipeline.name", jobs.out,
            "source.scan.bounded.mode", "specific-offsets",
            "source.scan.bounded.specific-offsets", "partition:0,offset:15;partition:1,offset:15"
        };
        sendToBothPartitions(0, 10);
        CompletableFuture<Outcome> first = jobs.start(bounded);
        patiently().until(() -> first.isDone() || jobs.size(jobs.out, "read_uncommitted") >= 20);
        String savepoint =
                client.stopWithSavepoint(
                                jobId(client),
                                false,
                                directory.toUri().toString(),
                                SavepointFormatType.CANONICAL)
                        .get();
        assertThat(first.get(2, TimeUnit.MINUTES).status()).isZero();
        assertThat(jobs.values(jobs.out)).hasSize(20);
        sendToBothPartitions(10, 15);

        CompletableFuture<Outcome> second =
                jobs.start(
                        options(
                                bounded,
                                new String[] {
                                    "execution.state-recovery.path",
                                    savepoint,
                                    "parallelism.default",
                                    "3"
                                }));

        assertThat(second.get(2, TimeUnit.MINUTES).status()).isZero();
        assertThat(jobs.values(jobs.out)).hasSize(30).doesNotHaveDuplicates();
    }

    private void sendToBothPartitions(int from, int to) throws Exception {
        BROKER.send(
                IntStream.range(2 * from, 2 * to)
                        .mapToObj(
                                i ->
                                        new ProducerRecord<byte[], byte[]>(
                                                jobs.in, i % 2, null, line(i).getBytes(UTF_8)))
                        .toList());
    }

    private void poison(int from, int to) throws Exception {
        BROKER.send(
                IntStream.range(from, to)
                        .mapToObj(
                                i ->
                                        new ProducerRecord<byte[], byte[]>(
                                                jobs.in, ("poison " + i).getBytes(UTF_8)))
                        .toList());
    }

    /** Waits until this many messages have been written, committed or not. */
    private void awaitWritten(CompletableFuture<Outcome> run, int records, int letters) {
        patiently()
                .until(
                        () ->
                                run.isDone()
                                        || (jobs.size(jobs.out, "read_uncommitted") >= records
                                                && jobs.size(jobs.dead, "read_uncommitted")
                                                        >= letters));
    }

    @Test
    void putsAsidePoisonedMessages() throws Exception {
        List<Header> headers = List.of(new RecordHeader("trace", new byte[] {7}));
        BROKER.send(
                List.of(
                        new ProducerRecord<>(jobs.in, 0, 5L, null, line(0).getBytes(UTF_8)),
                        new ProducerRecord<>(jobs.in, 0, 6L, null, "poison".getBytes(UTF_8)),
                        new ProducerRecord<>(jobs.in, 1, 7L, "gone".getBytes(UTF_8), null, headers),
                        new ProducerRecord<>(jobs.in, 1, 8L, null, line(1).getBytes(UTF_8))));

        Outcome outcome = jobs.done(jobs.deadLetters());

        assertThat(jobs.values(jobs.out)).hasSize(2);
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>(BROKER.read(jobs.dead));
        letters.sort((a, b) -> Long.compare(a.timestamp(), b.timestamp()));
        assertThat(letters).hasSize(2);
        JsonNode poison = MAPPER.readTree(letters.get(0).value());
        assertThat(poison.get("reason").asText()).isEqualTo("MALFORMED");
        assertThat(poison.get("record").asText()).isEqualTo("poison");
        assertThat(poison.get("source").asText()).isEqualTo(jobs.in + "-0:1");
        JsonNode tombstone = MAPPER.readTree(letters.get(1).value());
        assertThat(tombstone.get("reason").asText()).isEqualTo("TOMBSTONE");
        assertThat(tombstone.get("record").isNull()).isTrue();
        assertThat(tombstone.get("key").asText()).isEqualTo("gone");
        assertThat(tombstone.get("source").asText()).isEqualTo(jobs.in + "-1:0");
        assertThat(letters.get(1).key()).asString(UTF_8).isEqualTo("gone");
        assertThat(letters.get(1).headers()).containsExactlyElementsOf(headers);
        assertThat(outcome.out().lines().map(text -> text.replaceAll(" +", " ")))
                .anyMatch(text -> text.startsWith("records in 4 "))
                .anyMatch(text -> text.startsWith("records out 2 "))
                .anyMatch(text -> text.startsWith("dead letters 2 topic " + jobs.dead));
    }

    @Test
    void putsAsidePoisonedMessagesInFiles() throws Exception {
        jobs.send(0, 3);
        BROKER.send(
                List.of(
                        new ProducerRecord<>(jobs.in, "a\nb".getBytes(UTF_8)),
                        new ProducerRecord<>(jobs.in, "gone".getBytes(UTF_8), null)));

        jobs.done(deadLettersToFiles(directory.resolve("dead")));

        assertThat(jobs.values(jobs.out)).hasSize(3);
        assertThat(JobRunner.lines(directory.resolve("dead")))
                .extracting(letter -> MAPPER.readTree(letter))
                .extracting(letter -> letter.get("reason").asText() + letter.get("record"))
                .containsExactly("MALFORMED\"a\\nb\"", "TOMBSTONEnull");
    }

    @Test
    void failsAtAPoisonedMessageWithoutADeadLetter() throws Exception {
        BROKER.send(List.of(new ProducerRecord<>(jobs.in, 1, null, "poison".getBytes(UTF_8))));

        Outcome outcome = jobs.run("source.scan.bounded.mode", "unbounded");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains(jobs.in + "-1:0: The line must be one JSON object");
        assertThat(jobs.values(jobs.out)).isEmpty();
    }

    /** {@code jobs/kafka*.yaml}, the README's example: from files to a topic and back. */
    @Test
    void theJobsOfTheReadmeGiveTheLinesOfTheSampleJob() throws Exception {
        example("run", "kafka-load.yaml", "-Dsink.topic=" + jobs.in);
        example("run", "kafka.yaml", "-Dsource.scan.bounded.mode=latest-offset");
        example("verify", "kafka.yaml", "-Dsource.scan.startup.mode=earliest-offset");
        example("run", "kafka-replay.yaml", "-Dsink.path=" + directory.resolve("replayed"));
        JobRunner.run("run", "jobs/replay.yaml", "-Dsink.path=" + directory.resolve("files"));

        List<String> files = JobRunner.lines(directory.resolve("files"));
        assertThat(jobs.values(jobs.out)).hasSize(1000).isEqualTo(files);
        assertThat(JobRunner.lines(directory.resolve("replayed"))).isEqualTo(files);
    }

    /** Runs an example with the broker and topics of the test. */
    private void example(String command, String name, String option) throws Exception {
        Path job = Path.of("jobs", name);
        List<String> arguments = new ArrayList<>(List.of(command, job.toString()));
        Configuration example = JobFile.read(job.toFile(), Map.of());
        Map.of(
                        "source.topic",
                        jobs.in,
                        "sink.topic",
                        jobs.out,
                        "dead-letter.topic",
                        jobs.dead,
                        "source.properties.bootstrap.servers",
                        BROKER.servers(),
                        "sink.properties.bootstrap.servers",
                        BROKER.servers(),
                        "dead-letter.properties.bootstrap.servers",
                        BROKER.servers())
                .forEach(
                        (key, value) -> {
                            if (example.containsKey(key)) {
                                arguments.add("-D" + key + "=" + value);
                            }
                        });
        arguments.add(option);
        Outcome outcome = JobRunner.run(arguments.toArray(String[]::new));
        assertThat(outcome.status()).as(outcome.err() + outcome.out()).isZero();
    }

    @Test
    void writesNoMessageWithLineEndsIntoAFileOfLines() throws Exception {
        String pretty = "{\n\"id\":1,\r\"step\":0,\"features\":[1]}";
        BROKER.send(List.of(new ProducerRecord<>(jobs.in, pretty.getBytes(UTF_8))));

        jobs.done(options(toFiles(directory.resolve("out")), jobs.deadLetters()));
        jobs.done("dropout.deterministic", "true");

        assertThat(jobs.values(jobs.dead)).singleElement().asString().contains("LINE_END");
        assertThat(jobs.values(jobs.out)).containsExactly(pretty.replace("[1]", "[1.0]"));
    }

    /**
     * IN stands for the topic: six messages in partition 0, a second apart, with the group's offset
     * at the fourth.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scan.startup.mode=timestamp, scan.startup.timestamp-millis=1000000002000 | 2345",
                "scan.startup.mode=specific-offsets, scan.startup.specific-offsets=partition:0,offset:4 | 45",
                "scan.startup.mode=group-offsets | 345",
                "scan.bounded.mode=timestamp, scan.bounded.timestamp-millis=1000000004000 | 0123",
                "scan.bounded.mode=specific-offsets, scan.bounded.specific-offsets=partition:0,offset:5 | 01234",
                "scan.bounded.mode=group-offsets | 012",
                "topic=, topic-pattern=[i]IN | 012345"
            })
    void readsTheRangeThatItIsGiven(String range, String expected) throws Exception {
        BROKER.send(
                IntStream.range(0, 6)
                        .mapToObj(
                                i ->
                                        new ProducerRecord<byte[], byte[]>(
                                                jobs.in,
                                                0,
                                                1_000_000_000_000L + 1000L * i,
                                                null,
                                                line(i).getBytes(UTF_8)))
                        .toList());
        BROKER.commit(jobs.out, jobs.in, 0, 3);
        BROKER.commit(jobs.out, jobs.in, 1, 0);
        List<String> options =
                new ArrayList<>(
                        List.of("dropout.rate", "0", "source.properties.group.id", jobs.out));
        for (String option : range.replace("IN", jobs.in.substring(1)).split(", ", -1)) {
            String[] keyAndValue = option.split("=", 2);
            options.addAll(List.of("source." + keyAndValue[0], keyAndValue[1]));
        }

        jobs.done(options.toArray(String[]::new));

        assertThat(jobs.values(jobs.out))
                .extracting(value -> MAPPER.readTree(value).get("é").asText())
                .containsExactly(
                        expected.chars().mapToObj(Character::toString).toArray(String[]::new));
    }

    @Test
    void readsAndWritesCsv() throws Exception {
        BROKER.send(
                List.of(
                        new ProducerRecord<>(jobs.in, 0, null, "\"a,b\",7,1;2;3".getBytes(UTF_8)),
                        new ProducerRecord<>(jobs.in, 0, null, "x,8,".getBytes(UTF_8))));
        String[] csv = {
            "source.format", "csv",
            "source.csv.columns", "label;id;features",
            "dropout.step-from", "constant",
            "dropout.step", "5",
            "dropout.deterministic", "true",
            "parallelism.default", "1"
        };

        jobs.done(csv);
        jobs.done(options(csv, toFiles(directory.resolve("out"))));

        assertThat(jobs.values(jobs.out)).containsExactly("\"a,b\",7,1.0;2.0;3.0,5", "x,8,,5");
        assertThat(JobRunner.lines(directory.resolve("out")).stream().distinct())
                .containsExactly("\"a,b\",7,1.0;2.0;3.0,5", "label,id,features,step", "x,8,,5");
    }

    @Test
    void saysThatAJobWasCancelled(@InjectClusterClient ClusterClient<?> client) throws Exception {
        jobs.send(0, 1);
        CompletableFuture<Outcome> run =
                jobs.start(
                        "pipeline.name", jobs.out,
                        "sink.delivery-guarantee", "at-least-once",
                        "source.scan.bounded.mode", "unbounded",
                        "execution.checkpointing.interval", "100 ms");
        patiently().until(() -> run.isDone() || jobs.size(jobs.out, "read_committed") == 1);
        client.cancel(jobId(client)).get();

        Outcome outcome = run.get();
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).isEqualToIgnoringNewLines("The job was cancelled.");
    }

    private JobID jobId(ClusterClient<?> client) throws Exception {
        return client.listJobs().get().stream()
                .filter(status -> status.getJobName().equals(jobs.out))
                .findAny()
                .orElseThrow()
                .getJobId();
    }

    @Test
    void saysBeforeItStartsWhichTopicIsNotThere() {
        Outcome outcome =
                jobs.run(
                        options(
                                new String[] {
                                    "source.topic", jobs.in + ";gone", "sink.topic", "lost"
                                },
                                jobs.deadLetters()));

        assertThat(outcome.err().lines().skip(1))
                .containsExactly(
                        "  - source.topic must be a topic that exists, but the brokers at %s have no topic gone."
                                .formatted(BROKER.servers()),
                        "  - sink.topic must be a topic that exists, but the brokers at %s have no topic lost."
                                .formatted(BROKER.servers()));
        assertThat(outcome.status()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"source", "sink"})
    void saysBeforeItStartsThatNoBrokerAnswers(String owner) {
        Outcome outcome =
                jobs.run(
                        owner + ".properties.bootstrap.servers", "localhost:1",
                        owner + ".properties.request.timeout.ms", "500",
                        owner + ".properties.default.api.timeout.ms", "500");

        assertThat(outcome.err().lines().skip(1))
                .containsExactly(
                        "  - %1$s.properties.bootstrap.servers must be brokers that answer, but localhost:1 did not within 500 ms, asked for [%2$s]."
                                .formatted(owner, owner.equals("source") ? jobs.in : jobs.out));
        assertThat(outcome.status()).isEqualTo(2);
    }
}
