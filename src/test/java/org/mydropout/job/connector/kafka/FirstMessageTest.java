package org.mydropout.job.connector.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests for {@link FirstMessage} without a broker. */
class FirstMessageTest {

    @Test
    @Timeout(300)
    void isNotWaitedForWithoutEnd() {
        Configuration job =
                Configuration.fromMap(
                        Map.of(
                                "sink.properties.bootstrap.servers", "localhost:1",
                                "sink.properties.request.timeout.ms", "100",
                                "sink.properties.default.api.timeout.ms", "100"));
        KafkaRecordSink sink =
                new KafkaRecordSink(
                        "out",
                        ClientProperties.of(job.toMap(), "sink"),
                        DeliveryGuarantee.NONE,
                        Optional.empty());

        assertThatThrownBy(() -> FirstMessage.of(sink, value -> true))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "The first message of topic out at localhost:1 must come within 100 ms, but"
                                + " did not.");
    }
}
