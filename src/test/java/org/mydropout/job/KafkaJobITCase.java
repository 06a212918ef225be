package org.mydropout.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectClusterClient;
import org.apache.flink.test.junit5.InjectClusterRESTAddress;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.job.JobRunner.Outcome;
import org.mydropout.job.kafka.KafkaBroker;

/** Tests for jobs from and to topics of a real broker. */
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
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @TempDir private Path directory;
    private String in;
    private String out;
    private String dead;

    @BeforeEach
    void createTopics() throws Exception {
        Path name = directory.getFileName();
        in = "in-" + name;
        out = "out-" + name;
        dead = "dead-" + name;
        for (String topic : List.of(in, out, dead)) {
            BROKER.create(topic, 2);
        }
    }

    /** A job from topic to topic over what is there now, under the options key, value, … */
    private Outcome run(String... options) throws IOException {
        return JobRunner.run("run", jobFile(options).toString());
    }

    private Path jobFile(String... options) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("execution.runtime-mode", "STREAMING");
        all.put("parallelism.default", "2");
        all.put("restart-strategy.fixed-delay.delay", "10 ms");
        all.put("source.format", "json");
        all.put("source.connector", "kafka");
        all.put("source.topic", in);
        all.put("source.properties.bootstrap.servers", BROKER.servers());
        all.put("source.scan.startup.mode", "earliest-offset");
        all.put("source.scan.bounded.mode", "latest-offset");
        all.put("sink.connector", "kafka");
        all.put("sink.topic", out);
        all.put("sink.properties.bootstrap.servers", BROKER.servers());
        all.put("sink.delivery-guarantee", "exactly-once");
        all.put("sink.transactional-id-prefix", out);
        all.put("dropout.rate", "0.5");
        all.put("dropout.seed", "42");
        for (int i = 0; i < options.length; i += 2) {
            String key = options[i];
            if (key.endsWith(".connector")) {
                String owner = key.substring(0, key.length() - "connector".length());
                all.keySet().removeIf(k -> k.startsWith(owner) && !k.endsWith(".format"));
            }
            all.put(key, options[i + 1]);
        }
        all.values().removeIf(String::isEmpty);
        Path job = Files.createTempFile(directory, "job", ".yaml");
        Files.writeString(
                job,
                all.entrySet().stream()
                        .map(
                                option ->
                                        "%s: '%s'\n"
                                                .formatted(
                                                        option.getKey(),
                                                        option.getValue().replace("'", "''")))
                        .collect(Collectors.joining()));
        return job;
    }

    private static String[] toFiles(Path path) {
        return new String[] {"sink.connector", "filesystem", "sink.path", path.toString()};
    }

    private String[] deadLetters() {
        return new String[] {
            "dead-letter.connector",
            "kafka",
            "dead-letter.topic",
            dead,
            "dead-letter.properties.bootstrap.servers",
            BROKER.servers()
        };
    }

    private static String[] options(String[]... some) {
        return Stream.of(some).flatMap(Stream::of).toArray(String[]::new);
    }

    private static String line(int i) {
        return "{\"id\":%d,\"step\":%d,\"features\":[1,2,3,4,5,6,7,8],\"é\":\"%d\"}"
                .formatted(i % 50, i / 50, i);
    }

    private void send(int from, int to) throws Exception {
        BROKER.send(
                IntStream.range(from, to)
                        .mapToObj(
                                i ->
                                        new ProducerRecord<byte[], byte[]>(
                                                in,
                                                ("k" + i % 50).getBytes(UTF_8),
                                                line(i).getBytes(UTF_8)))
                        .toList());
    }

    /** The values of all committed messages, sorted. */
    private static List<String> values(String topic) throws Exception {
        return BROKER.read(topic).stream()
                .map(message -> new String(message.value(), UTF_8))
                .sorted()
                .toList();
    }

    /** How many messages can be seen just now. */
    private static int size(String topic, String isolation) {
        return BROKER.peek(topic, isolation).size();
    }

    /** What the job makes of the lines, from files to files. */
    private List<String> expected(List<String> lines) throws IOException {
        Path input = Files.write(directory.resolve("expected.jsonl"), lines);
        Path output = directory.resolve("expected");
        Outcome outcome =
                run(
                        options(
                                new String[] {
                                    "execution.runtime-mode",
                                    "BATCH",
                                    "source.connector",
                                    "filesystem",
                                    "source.path",
                                    input.toString()
                                },
                                toFiles(output)));
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return JobRunner.lines(output);
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"STREAMING", "BATCH"})
    void keepsKeyHeadersAndTimestamp(String mode) throws Exception {
        List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            messages.add(
                    new ProducerRecord<>(
                            in,
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
                run(
                        "execution.runtime-mode",
                        mode,
                        "dropout.rate",
                        "0",
                        "dropout.key-reuse",
                        "count");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        List<ConsumerRecord<byte[], byte[]>> written = BROKER.read(out);
        assertThat(written)
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
        assertThat(outcome.out()).contains("topic " + in, "topic " + out).contains("100");
    }

    private static String describe(byte[] key, Header[] headers, long timestamp) {
        return Arrays.toString(key)
                + Stream.of(headers)
                        .map(header -> header.key() + Arrays.toString(header.value()))
                        .toList()
                + timestamp;
    }

    @Test
    void writesEachMessageOnceAcrossAFailure(
            @InjectMiniCluster MiniCluster cluster, @InjectClusterClient ClusterClient<?> client)
            throws Exception {
        send(0, 500);
        // Checkpoints come when the test asks for them, so it knows what is committed.
        CompletableFuture<Outcome> run =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return run(
                                        "pipeline.name", out,
                                        "source.scan.bounded.mode", "unbounded",
                                        "execution.checkpointing.interval", "10 min");
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        });
        await(() -> run.isDone() || size(out, "read_uncommitted") >= 500);
        assertThat(size(out, "read_committed")).isZero();
        JobID job = jobId(client);
        cluster.triggerCheckpoint(job).get();
        await(() -> size(out, "read_committed") == 500);
        send(500, 1000);
        await(() -> size(out, "read_uncommitted") >= 1000);

        cluster.terminateTaskManager(0).get();
        cluster.startTaskManager();

        await(() -> size(out, "read_uncommitted") >= 1500);
        assertThat(size(out, "read_committed")).isEqualTo(500);
        send(1000, 1200);
        await(() -> size(out, "read_uncommitted") >= 1700);
        client.stopWithSavepoint(
                        job, false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
                .get();

        Outcome outcome = run.get(2, TimeUnit.MINUTES);
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(values(out))
                .hasSize(1200)
                .isEqualTo(expected(IntStream.range(0, 1200).mapToObj(i -> line(i)).toList()));
        assertThat(outcome.out())
                .contains("The output is whole: topic " + out)
                .doesNotContain("records in");
    }

    @Test
    void putsAsidePoisonedMessages() throws Exception {
        List<Header> headers = List.of(new RecordHeader("trace", new byte[] {7}));
        BROKER.send(
                List.of(
                        new ProducerRecord<>(in, 0, 5L, null, line(0).getBytes(UTF_8)),
                        new ProducerRecord<>(in, 0, 6L, null, "poison".getBytes(UTF_8)),
                        new ProducerRecord<>(in, 1, 7L, "gone".getBytes(UTF_8), null, headers),
                        new ProducerRecord<>(in, 1, 8L, null, line(1).getBytes(UTF_8))));

        Outcome outcome = run(deadLetters());

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(values(out)).hasSize(2);
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>(BROKER.read(dead));
        letters.sort((a, b) -> Long.compare(a.timestamp(), b.timestamp()));
        assertThat(letters).hasSize(2);
        JsonNode poison = MAPPER.readTree(letters.get(0).value());
        assertThat(poison.get("reason").asText()).isEqualTo("MALFORMED");
        assertThat(poison.get("record").asText()).isEqualTo("poison");
        assertThat(poison.get("source").asText()).isEqualTo(in + "-0:1");
        JsonNode tombstone = MAPPER.readTree(letters.get(1).value());
        assertThat(tombstone.get("reason").asText()).isEqualTo("TOMBSTONE");
        assertThat(tombstone.get("record").isNull()).isTrue();
        assertThat(tombstone.get("key").asText()).isEqualTo("gone");
        assertThat(tombstone.get("source").asText()).isEqualTo(in + "-1:0");
        assertThat(letters.get(1).key()).asString(UTF_8).isEqualTo("gone");
        assertThat(letters.get(1).headers()).containsExactlyElementsOf(headers);
        assertThat(outcome.out().lines().map(text -> text.replaceAll(" +", " ")))
                .anyMatch(text -> text.startsWith("records in 4 "))
                .anyMatch(text -> text.startsWith("records out 2 "))
                .anyMatch(text -> text.startsWith("dead letters 2 topic " + dead));
    }

    @Test
    void failsAtAPoisonedMessageWithoutADeadLetter() throws Exception {
        BROKER.send(List.of(new ProducerRecord<>(in, 1, null, "poison".getBytes(UTF_8))));

        Outcome outcome = run("source.scan.bounded.mode", "unbounded");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains(in + "-1:0: The line must be one JSON object");
        assertThat(values(out)).isEmpty();
    }

    @Test
    void goesFromFilesToATopicAndFromThereToFiles() throws Exception {
        List<String> lines = IntStream.range(0, 300).mapToObj(i -> line(i)).toList();
        Path input = Files.write(directory.resolve("in.jsonl"), lines);

        Outcome toTopic =
                run(
                        "execution.runtime-mode", "BATCH",
                        "source.connector", "filesystem",
                        "source.path", input.toString());
        Outcome toFiles =
                run(
                        options(
                                new String[] {"source.topic", out, "dropout.rate", "0"},
                                toFiles(directory.resolve("out"))));

        assertThat(toTopic.status()).as(toTopic.err()).isZero();
        assertThat(toFiles.status()).as(toFiles.err()).isZero();
        List<String> expected = expected(lines);
        assertThat(values(out)).isEqualTo(expected);
        assertThat(JobRunner.lines(directory.resolve("out"))).isEqualTo(expected);
    }

    @Test
    void writesNoMessageWithLineEndsIntoAFileOfLines() throws Exception {
        String pretty = "{\n\"id\":1,\r\"step\":0,\"features\":[1]}";
        BROKER.send(List.of(new ProducerRecord<>(in, pretty.getBytes(UTF_8))));

        Outcome toFiles = run(options(toFiles(directory.resolve("out")), deadLetters()));
        Outcome toTopic = run("dropout.deterministic", "true");

        assertThat(toFiles.status()).as(toFiles.err()).isZero();
        assertThat(values(dead)).singleElement().asString().contains("LINE_END");
        assertThat(toTopic.status()).as(toTopic.err()).isZero();
        assertThat(values(out)).containsExactly(pretty.replace("[1]", "[1.0]"));
    }

    @Test
    void replaysATopicInBatchAsTheStreamDid() throws Exception {
        send(0, 400);
        String replayed = out + "-replayed";
        BROKER.create(replayed, 3);

        Outcome stream = run();
        Outcome batch =
                run(
                        "execution.runtime-mode", "BATCH",
                        "parallelism.default", "4",
                        "sink.topic", replayed);

        assertThat(stream.status()).as(stream.err()).isZero();
        assertThat(batch.status()).as(batch.err()).isZero();
        assertThat(values(replayed)).hasSize(400).isEqualTo(values(out));
    }

    @Test
    void isVerifiedFromTopicToTopic() throws Exception {
        send(0, 200);
        Outcome run = run();
        Path job = jobFile();

        Outcome same = JobRunner.run("verify", job.toString());
        List<String> values = values(out);
        BROKER.send(
                List.of(
                        new ProducerRecord<>(
                                out, values.get(0).replace("0.0", "0.5").getBytes(UTF_8))));
        Outcome different = JobRunner.run("verify", job.toString());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(same.status()).as(same.out() + same.err()).isZero();
        assertThat(same.out()).containsPattern("equal +200\n");
        assertThat(different.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv"})
    void isVerifiedFromTheProvenanceInATopic(String format) throws Exception {
        boolean csv = format.equals("csv");
        String value = csv ? "1,1;2;3" : line(0);
        BROKER.send(List.of(new ProducerRecord<>(in, value.getBytes(UTF_8))));
        String[] options = {
            "source.format", format,
            "source.csv.columns", csv ? "id;features" : "",
            "dropout.step-from", csv ? "constant" : "record",
            "dropout.step", csv ? "3" : "",
            "sink.provenance", "true"
        };

        Outcome run = run(options);
        Path forgetful =
                jobFile(
                        options(
                                options,
                                new String[] {"dropout.rate", "0.25", "dropout.seed", "7"}));
        Outcome verified = JobRunner.run("verify", forgetful.toString());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(verified.status()).as(verified.out() + verified.err()).isZero();
        assertThat(verified.out()).containsPattern("equal +1\n");
    }

    @Test
    void readsFromWhereItsGroupIsToTheOffsetThatItIsGiven() throws Exception {
        BROKER.send(
                IntStream.range(0, 6)
                        .mapToObj(
                                i ->
                                        new ProducerRecord<byte[], byte[]>(
                                                in, 0, null, line(i).getBytes(UTF_8)))
                        .toList());
        BROKER.commit(out, in, 0, 3);

        Outcome outcome =
                run(
                        "dropout.rate", "0",
                        "source.scan.startup.mode", "group-offsets",
                        "source.properties.group.id", out,
                        "source.properties.auto.offset.reset", "earliest",
                        "source.scan.bounded.mode", "specific-offsets",
                        "source.scan.bounded.specific-offsets", "partition:0,offset:5");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(values(out))
                .extracting(value -> MAPPER.readTree(value).get("é").asText())
                .containsExactly("3", "4");
    }

    @Test
    void readsAndWritesCsv() throws Exception {
        BROKER.send(
                List.of(
                        new ProducerRecord<>(in, 0, null, "\"a,b\",7,1;2;3".getBytes(UTF_8)),
                        new ProducerRecord<>(in, 0, null, "x,8,".getBytes(UTF_8))));
        String[] csv = {
            "source.format", "csv",
            "source.csv.columns", "label;id;features",
            "dropout.step-from", "constant",
            "dropout.step", "5",
            "dropout.deterministic", "true",
            "parallelism.default", "1"
        };

        Outcome toTopic = run(csv);
        Outcome toFiles = run(options(csv, toFiles(directory.resolve("out"))));

        assertThat(toTopic.status()).as(toTopic.err()).isZero();
        assertThat(values(out)).containsExactly("\"a,b\",7,1.0;2.0;3.0,5", "x,8,,5");
        assertThat(toFiles.status()).as(toFiles.err()).isZero();
        assertThat(JobRunner.lines(directory.resolve("out")).stream().distinct())
                .containsExactly("\"a,b\",7,1.0;2.0;3.0,5", "label,id,features,step", "x,8,,5");
    }

    @Test
    void saysThatAJobWasCancelled(@InjectClusterClient ClusterClient<?> client) throws Exception {
        send(0, 1);
        CompletableFuture<Outcome> run =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return run(
                                        "pipeline.name", out,
                                        "sink.delivery-guarantee", "at-least-once",
                                        "source.scan.bounded.mode", "unbounded",
                                        "execution.checkpointing.interval", "100 ms");
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        });
        await(() -> run.isDone() || size(out, "read_committed") == 1);
        client.cancel(jobId(client)).get();

        Outcome outcome = run.get();
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).isEqualToIgnoringNewLines("The job was cancelled.");
    }

    private JobID jobId(ClusterClient<?> client) throws Exception {
        return client.listJobs().get().stream()
                .filter(status -> status.getJobName().equals(out))
                .findAny()
                .orElseThrow()
                .getJobId();
    }

    @Test
    void printsNoSecret(@InjectClusterRESTAddress URI rest) throws Exception {
        send(0, 10);
        String[] secrets = {
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
        String[] refusedByBroker = {
            "restart-strategy.type", "none",
            "source.properties.security.protocol", "SASL_PLAINTEXT",
            "source.properties.sasl.mechanism", "PLAIN",
            "source.properties.default.api.timeout.ms", "1000",
            "source.properties.request.timeout.ms", "1000"
        };
        String[] unreadable = {
            "source.properties.sasl.jaas.config", "required hunter7=hunter8 'hunter9'"
        };
        List<String> printed = new ArrayList<>();

        try (CapturedLog log = CapturedLog.open()) {
            Outcome good = run(secrets);
            Outcome refused = run(options(secrets, refusedByBroker));
            Outcome wrong = run(options(secrets, unreadable));

            assertThat(good.status()).as(good.err()).isZero();
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.err()).contains("The job failed: ");
            assertThat(wrong.status()).isEqualTo(2);
            assertThat(wrong.err()).contains("source.properties.sasl.jaas.config must be");
            for (Outcome outcome : List.of(good, refused, wrong)) {
                printed.add(outcome.out());
                printed.add(outcome.err());
            }
            printed.addAll(log.lines());
        }
        for (JsonNode job : MAPPER.readTree(get(rest, "/jobs")).get("jobs")) {
            for (String path : List.of("", "/config", "/plan", "/exceptions")) {
                printed.add(get(rest, "/jobs/" + job.get("id").asText() + path));
            }
        }
        printed.add(get(rest, "/jobmanager/config"));
        assertThat(printed).hasSizeGreaterThan(1000).noneMatch(text -> text.contains("hunter"));
    }

    private static String get(URI rest, String path) throws IOException {
        try (InputStream in = rest.resolve(path).toURL().openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
