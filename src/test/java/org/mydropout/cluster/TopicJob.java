package org.mydropout.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.mydropout.job.snapshot.Snapshots;

/**
 * The job of {@link AugmentJob} from topic to topic, exactly-once. A thread writes its input, a
 * partition for each file, slowly until the job is released. The job reads to the offsets behind
 * the last messages, which are held back until then.
 */
final class TopicJob implements ChaosJob, AutoCloseable {

    /** As for {@link ThrottledFileSystem}: at most this fraction of the rest at a time. */
    private static final int PARTS = 2000;

    private static final Duration TIME_PER_PART = Duration.ofMillis(10);

    private final BrokerProcess broker;
    private final Path directory;
    private final String name;
    private final FutureTask<Void> feeding = new FutureTask<>(this::feed);
    private volatile boolean released;

    /**
     * Creates the topics, and begins to write the input.
     *
     * @param parent the directory of the cluster
     */
    TopicJob(BrokerProcess broker, Path parent, String name) throws Exception {
        this.broker = broker;
        this.directory = parent;
        this.name = name;
        for (String topic : List.of(input(), output(), deadLetter())) {
            broker.create(topic, AugmentJob.FILES);
        }
        Thread thread = new Thread(feeding, "input of " + name);
        thread.setDaemon(true);
        thread.start();
    }

    private String input() {
        return name + "-in";
    }

    private String output() {
        return name + "-out";
    }

    private String deadLetter() {
        return name + "-dead";
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback keeps a failure
    private Void feed() throws Exception {
        // The broker may be away for long. An idempotent producer writes each message once.
        Map<String, Object> properties =
                Map.of(
                        "bootstrap.servers",
                        broker.servers(),
                        "delivery.timeout.ms",
                        Integer.MAX_VALUE,
                        "max.block.ms",
                        Integer.MAX_VALUE);
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<List<String>> parts =
                    IntStream.range(0, AugmentJob.FILES).mapToObj(AugmentJob::input).toList();
            int[] written = new int[parts.size()];
            boolean last = false;
            while (!last) {
                last = released;
                for (int part = 0; part < written.length; part++) {
                    int rest = parts.get(part).size() - written[part];
                    int count = last ? rest : Math.min(rest - 1, 1 + rest / PARTS);
                    for (String line :
                            parts.get(part).subList(written[part], written[part] + count)) {
                        producer.send(
                                new ProducerRecord<>(input(), part, null, line.getBytes(UTF_8)),
                                (message, e) -> failure.compareAndSet(null, e));
                    }
                    written[part] += count;
                }
                LockSupport.parkNanos(TIME_PER_PART.toNanos());
            }
        }
        if (failure.get() != null) {
            throw failure.get();
        }
        return null;
    }

    @Override
    public String file(String... options) throws IOException {
        String ends =
                IntStream.range(0, AugmentJob.FILES)
                        .mapToObj(
                                part ->
                                        "partition:%d,offset:%d"
                                                .formatted(part, AugmentJob.input(part).size()))
                        .collect(Collectors.joining(";"));
        String text =
                """
                pipeline.name: %1$s
                parallelism.default: 2
                execution.runtime-mode: STREAMING
                execution.checkpointing.interval: 300 ms
                source:
                  connector: kafka
                  topic: %2$s
                  format: json
                  scan.startup.mode: earliest-offset
                  scan.bounded.mode: specific-offsets
                  scan.bounded.specific-offsets: %3$s
                  properties: {bootstrap.servers: '%4$s'}
                dropout.rate: 0.5
                dropout.seed: 42
                """
                        .formatted(name, input(), ends, broker.servers());
        return Files.writeString(
                        directory.resolve(name + ".yaml"),
                        text
                                + sink("sink", output())
                                + sink("dead-letter", deadLetter())
                                + String.join("\n", options)
                                + "\n")
                .toString();
    }

    /** The timeouts are short, so that a broker that is away for long fails the job. */
    private String sink(String owner, String topic) {
        return """
        %s:
          connector: kafka
          topic: %s
          delivery-guarantee: exactly-once
          transactional-id-prefix: %2$s
          properties:
            bootstrap.servers: '%s'
            request.timeout.ms: 5000
            delivery.timeout.ms: 10000
            max.block.ms: 10000
        """
                .formatted(owner, topic, broker.servers());
    }

    @Override
    public void release() {
        released = true;
    }

    @Override
    public boolean isReleased() {
        return released;
    }

    @Override
    public void holdStop() {
        // Kafka's source cannot be held.
    }

    @Override
    public void endStop() {
        // It was not held.
    }

    /** Topics do not tell which snapshot is the newest one, so a user looks for it. */
    @Override
    public List<String> resumption(List<String> jobs) throws IOException {
        String newest =
                Snapshots.newest(
                                Map.of(
                                        CheckpointingOptions.CHECKPOINTS_DIRECTORY.key(),
                                        directory.resolve("checkpoints").toUri().toString(),
                                        CheckpointingOptions.SAVEPOINT_DIRECTORY.key(),
                                        directory.resolve("savepoints").toUri().toString()),
                                jobs)
                        .orElseThrow(() -> new AssertionError("No snapshot of " + jobs))
                        .path();
        return List.of("-D%s=%s".formatted(StateRecoveryOptions.SAVEPOINT_PATH.key(), newest));
    }

    @Override
    public Optional<BrokerProcess> broker() {
        return Optional.of(broker);
    }

    @Override
    public boolean hasOutput() {
        return !broker.peek(output(), "read_committed").isEmpty();
    }

    @Override
    public List<String> sortedOutput() throws Exception {
        feeding.get(); // throws what the producer has thrown
        return committed(output());
    }

    @Override
    public List<String> sortedDeadLetters() throws Exception {
        return AugmentJob.sortedRecords(committed(deadLetter()));
    }

    private List<String> committed(String topic) throws Exception {
        List<String> lines = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> message : broker.read(topic)) {
            lines.add(new String(message.value(), UTF_8));
        }
        lines.sort(null);
        return lines;
    }

    /** Ends the thread that writes the input. */
    @Override
    public void close() {
        feeding.cancel(true);
    }
}
