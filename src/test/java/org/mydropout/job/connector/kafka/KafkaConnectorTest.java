package org.mydropout.job.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.connectors.kafka.table.KafkaConnectorOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.flink.OptionReader;
import org.mydropout.job.connector.Places;
import org.mydropout.job.connector.RunMode;
import org.mydropout.job.text.TextFormat;

/** Tests for {@link KafkaConnector}. */
class KafkaConnectorTest {

    private static final RunMode BATCH = new RunMode(false, Optional.empty());

    private static final RunMode STREAMING = new RunMode(true, Optional.of(Duration.ofMinutes(10)));

    private final KafkaConnector connector = new KafkaConnector();
    private final Map<String, String> options = new HashMap<>();
    private OptionReader reader;

    @BeforeEach
    void setUp() {
        options.putAll(
                Map.of(
                        "source.topic", "in",
                        "source.scan.startup.mode", "earliest-offset",
                        "source.properties.bootstrap.servers", "localhost:9092",
                        "sink.topic", "out",
                        "sink.properties.bootstrap.servers", "localhost:9092"));
    }

    private Places read() {
        reader = new OptionReader(Configuration.fromMap(options));
        return new Places(
                connector.source(reader, Optional.of(TextFormat.JSON)).map(source -> source),
                connector.sink(reader, "sink").map(sink -> sink),
                Optional.empty());
    }

    private KafkaRecordSource source() {
        return read().source(KafkaRecordSource.class).orElseThrow();
    }

    private KafkaRecordSink sink() {
        return read().sinks(KafkaRecordSink.class).get("sink");
    }

    private List<String> problems(RunMode mode) {
        Places places = read();
        KafkaConnector.checkMode(reader, places, mode);
        return reader.problems();
    }

    @Test
    void namesItsOptionsAsFlinksTableConnectorDoes() {
        assertThat(
                        List.of(
                                KafkaOptions.SOURCE_TOPIC.key(),
                                KafkaOptions.SOURCE_TOPIC_PATTERN.key(),
                                KafkaOptions.SOURCE_STARTUP_MODE.key(),
                                KafkaOptions.SOURCE_STARTUP_OFFSETS.key(),
                                KafkaOptions.SOURCE_STARTUP_TIMESTAMP.key(),
                                KafkaOptions.SOURCE_BOUNDED_MODE.key(),
                                KafkaOptions.SOURCE_BOUNDED_OFFSETS.key(),
                                KafkaOptions.SOURCE_BOUNDED_TIMESTAMP.key(),
                                KafkaOptions.SOURCE_DISCOVERY_INTERVAL.key()))
                .containsExactly(
                        "source." + KafkaConnectorOptions.TOPIC.key(),
                        "source." + KafkaConnectorOptions.TOPIC_PATTERN.key(),
                        "source." + KafkaConnectorOptions.SCAN_STARTUP_MODE.key(),
                        "source." + KafkaConnectorOptions.SCAN_STARTUP_SPECIFIC_OFFSETS.key(),
                        "source." + KafkaConnectorOptions.SCAN_STARTUP_TIMESTAMP_MILLIS.key(),
                        "source." + KafkaConnectorOptions.SCAN_BOUNDED_MODE.key(),
                        "source." + KafkaConnectorOptions.SCAN_BOUNDED_SPECIFIC_OFFSETS.key(),
                        "source." + KafkaConnectorOptions.SCAN_BOUNDED_TIMESTAMP_MILLIS.key(),
                        "source." + KafkaConnectorOptions.SCAN_TOPIC_PARTITION_DISCOVERY.key());
        assertThat(KafkaOptions.deliveryGuarantee("sink").key())
                .isEqualTo(KafkaConnectorOptions.DELIVERY_GUARANTEE.key());
        assertThat(KafkaOptions.transactionalIdPrefix("sink").key())
                .isEqualTo(KafkaConnectorOptions.TRANSACTIONAL_ID_PREFIX.key());
        assertThat(KafkaOptions.SOURCE_STARTUP_MODE.defaultValue())
                .isEqualTo(KafkaConnectorOptions.SCAN_STARTUP_MODE.defaultValue());
        assertThat(KafkaOptions.deliveryGuarantee("sink").defaultValue())
                .isEqualTo(KafkaConnectorOptions.DELIVERY_GUARANTEE.defaultValue());
    }

    @Test
    void fillsInDefaults() {
        assertThat(source().range().end()).isEmpty();
        assertThat(source().properties().get("isolation.level")).isEqualTo("read_committed");
        assertThat(sink().guarantee()).isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);
        assertThat(sink().properties().get("transaction.timeout.ms")).isEqualTo("900000");
        assertThat(reader.problems()).isEmpty();
    }

    @Test
    void readsOffsets() {
        options.put("source.scan.bounded.mode", "specific-offsets");
        options.put(
                "source.scan.bounded.specific-offsets",
                "partition:0,offset:42;partition:1,offset:3");
        assertThat(source().range().end()).isPresent();
        assertThat(source().laterLines()).isEmpty();

        options.put("source.scan.bounded.specific-offsets", "0:42");
        read();
        assertThat(reader.problems())
                .singleElement()
                .asString()
                .contains("partition:0,offset:42", "'0:42'");
    }

    @Test
    void refusesToReadATopicWithoutEndAsABatch() {
        assertThat(problems(BATCH))
                .containsExactly(
                        "execution.runtime-mode must be STREAMING where the source never ends, but"
                                + " is BATCH; source.scan.bounded.mode: latest-offset makes it end.");
        assertThat(problems(STREAMING)).isEmpty();

        options.put("source.scan.bounded.mode", "latest-offset");
        assertThat(problems(BATCH)).isEmpty();
    }

    @Test
    void refusesCheckpointsThatTakeLongerThanATransaction() {
        options.put("sink.delivery-guarantee", "exactly-once");
        options.put("sink.transactional-id-prefix", "augment");
        options.put("sink.properties.transaction.timeout.ms", "600000");
        assertThat(problems(STREAMING))
                .containsExactly(
                        "execution.checkpointing.interval must be shorter than"
                                + " sink.properties.transaction.timeout.ms, but is 600000 ms, and"
                                + " that 600000 ms.");

        options.put("sink.properties.transaction.timeout.ms", "600001");
        assertThat(problems(STREAMING)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "group-offsets, group-offsets, 2",
        "latest-offset, unbounded, 1",
        "earliest-offset, group-offsets, 1",
        "earliest-offset, unbounded, 0"
    })
    void refusesToVerifyARangeThatIsNoLongerKnown(String start, String end, int problems) {
        options.put("source.properties.group.id", "augment");
        options.put("source.scan.startup.mode", start);
        options.put("source.scan.bounded.mode", end);

        Places places = read();
        KafkaConnector.checkRange(reader, places);

        assertThat(reader.problems())
                .hasSize(problems)
                .allMatch(problem -> problem.endsWith(" is no longer known."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "source.properties.ssl.key.password",
                "dead-letter.properties.sasl.jaas.config",
                "properties.ssl.keystore.key"
            })
    void knowsTheSecretsOfItsClients(String key) {
        assertThat(connector.isSecret(key)).isTrue();
        assertThat(connector.isSecret(key + "s")).isFalse();
    }
}
