package org.mydropout.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.mydropout.job.JobRunner.Outcome;
import org.mydropout.job.connector.kafka.KafkaBroker;

/**
 * The topics of one test, and jobs from and to them. By default, a job is a bounded stream from
 * {@link #in} to {@link #out}, exactly-once. Options are given as key, value, … An empty value
 * removes an option. Another connector removes the options of the previous one.
 */
final class KafkaJobs {

    final String in;
    final String out;
    final String dead;
    private final KafkaBroker broker;
    private final Path directory;

    /** Creates the topics, with names that only this test uses. */
    KafkaJobs(KafkaBroker broker, Path directory) throws Exception {
        this.broker = broker;
        this.directory = directory;
        in = "in-" + directory.getFileName();
        out = "out-" + directory.getFileName();
        dead = "dead-" + directory.getFileName();
        for (String topic : List.of(in, out, dead)) {
            broker.create(topic, 2);
        }
    }

    /** Runs a job. */
    Outcome run(String... options) {
        return JobRunner.run("run", jobFile(options).toString());
    }

    /** Runs a job that must succeed. */
    Outcome done(String... options) {
        Outcome outcome = run(options);
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return outcome;
    }

    /** Starts a job and does not wait for it. */
    CompletableFuture<Outcome> start(String... options) {
        return CompletableFuture.supplyAsync(() -> run(options));
    }

    /** Verifies a job. */
    Outcome verify(String... options) {
        return JobRunner.run("verify", jobFile(options).toString());
    }

    /** Explains a record of an unbounded job. */
    Outcome explain(String... arguments) {
        List<String> command = new ArrayList<>(List.of("explain"));
        command.add(jobFile("source.scan.bounded.mode", "").toString());
        command.addAll(List.of(arguments));
        return JobRunner.run(command.toArray(new String[0]));
    }

    private Path jobFile(String... options) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("execution.runtime-mode", "STREAMING");
        all.put("parallelism.default", "2");
        all.put("restart-strategy.exponential-delay.initial-backoff", "10 ms");
        all.put("source.format", "json");
        all.put("source.connector", "kafka");
        all.put("source.topic", in);
        all.put("source.properties.bootstrap.servers", broker.servers());
        all.put("source.scan.startup.mode", "earliest-offset");
        all.put("source.scan.bounded.mode", "latest-offset");
        all.put("sink.connector", "kafka");
        all.put("sink.topic", out);
        all.put("sink.properties.bootstrap.servers", broker.servers());
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
        try {
            return Files.writeString(
                    Files.createTempFile(directory, "job", ".yaml"),
                    all.entrySet().stream()
                            .map(
                                    option ->
                                            "%s: '%s'\n"
                                                    .formatted(
                                                            option.getKey(),
                                                            option.getValue().replace("'", "''")))
                            .collect(Collectors.joining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String[] options(String[]... some) {
        return Stream.of(some).flatMap(Stream::of).toArray(String[]::new);
    }

    /** The options for reading the lines of a file. */
    static String[] fromFile(Path path) {
        return new String[] {"source.connector", "filesystem", "source.path", path.toString()};
    }

    /** The options for writing files into a directory. */
    static String[] toFiles(Path path) {
        return new String[] {"sink.connector", "filesystem", "sink.path", path.toString()};
    }

    /** The options for dead letters in a topic. */
    String[] deadLetters() {
        return new String[] {
            "dead-letter.connector",
            "kafka",
            "dead-letter.topic",
            dead,
            "dead-letter.properties.bootstrap.servers",
            broker.servers()
        };
    }

    /** The options for dead letters in files of a directory. */
    static String[] deadLettersToFiles(Path path) {
        return new String[] {
            "dead-letter.connector", "filesystem", "dead-letter.path", path.toString()
        };
    }

    /** The i-th record of a test. */
    static String line(int i) {
        return "{\"id\":%d,\"step\":%d,\"features\":[1,2,3,4,5,6,7,8],\"é\":\"%d\"}"
                .formatted(i % 50, i / 50, i);
    }

    /** Sends records. */
    void send(int from, int to) throws Exception {
        broker.send(
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
    List<String> values(String topic) throws Exception {
        return broker.read(topic).stream()
                .map(message -> new String(message.value(), UTF_8))
                .sorted()
                .toList();
    }

    /** The number of messages that are visible now. */
    int size(String topic, String isolation) {
        return broker.peek(topic, isolation).size();
    }
}
