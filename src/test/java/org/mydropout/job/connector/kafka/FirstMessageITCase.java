package org.mydropout.job.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mydropout.job.connector.WrittenRecord;

/** Tests for {@link FirstMessage} with a real broker. */
@Timeout(300)
class FirstMessageITCase {

    @RegisterExtension private static final KafkaBroker BROKER = new KafkaBroker();

    private static final String TOPIC = "first-message";

    private static Optional<WrittenRecord> first(String timeout) throws Exception {
        Configuration job =
                Configuration.fromMap(
                        Map.of(
                                "sink.properties.bootstrap.servers", BROKER.servers(),
                                "sink.properties.request.timeout.ms", timeout,
                                "sink.properties.default.api.timeout.ms", timeout));
        return FirstMessage.of(
                new KafkaRecordSink(
                        TOPIC,
                        ClientProperties.of(job.toMap(), "sink"),
                        DeliveryGuarantee.EXACTLY_ONCE,
                        Optional.of(TOPIC)),
                value -> true);
    }

    @Test
    void isWaitedForWhileItsTransactionIsOpen() throws Exception {
        BROKER.create(TOPIC, 2);
        assertThat(first("120000")).isEmpty();
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", BROKER.servers());
        properties.put("transactional.id", TOPIC);
        properties.put("transaction.timeout.ms", "900000");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, "line".getBytes(UTF_8))).get();

            assertThatThrownBy(() -> first("1500"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("must come within 1500 ms, but did not.");

            producer.commitTransaction();
        }
        assertThat(first("120000").map(line -> new String(line.text(), UTF_8))).contains("line");
    }
}
