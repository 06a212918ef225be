package org.mydropout.job.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.flink.OptionReader;
import org.mydropout.job.connector.Places;
import org.mydropout.job.connector.RecordSink;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.text.TextFormat;

/** Tests for {@link TopicCheck} without a broker. KafkaJobITCase has those with a broker. */
class TopicCheckTest {

    private final OptionReader options = new OptionReader(new Configuration());

    /** A host that no resolver may know (RFC 6761), so that the test does not wait. */
    private static ClientProperties properties(String owner) {
        return ClientProperties.of(
                Map.of(owner + ".properties.bootstrap.servers", owner + ".invalid:9092"), owner);
    }

    private static Optional<RecordSource> source() {
        return Optional.of(
                new KafkaRecordSource(
                        List.of("in"),
                        Optional.empty(),
                        properties("source"),
                        TopicRange.from(OffsetsInitializer.earliest()),
                        TextFormat.JSON,
                        Optional.empty()));
    }

    private static Optional<RecordSink> sink(String owner) {
        return Optional.of(
                new KafkaRecordSink(
                        "out",
                        properties(owner),
                        DeliveryGuarantee.AT_LEAST_ONCE,
                        Optional.empty()));
    }

    private List<String> problems(Places places) throws InterruptedException {
        TopicCheck.checkExistence(options, places, true);
        return options.problems();
    }

    @ParameterizedTest
    @ValueSource(strings = {"in", "a", "A.b_c-9", "...", "__consumer_offsets"})
    void takesNamesThatKafkaTakes(String topic) {
        TopicCheck.checkName(options, KafkaOptions.topic("sink"), topic);

        assertThat(options.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a b", "é", "a/b", "in,out"})
    void refusesNamesThatKafkaRefuses(String topic) {
        TopicCheck.checkName(options, KafkaOptions.topic("sink"), topic);

        assertThat(options.problems())
                .containsExactly(
                        ("sink.topic must be a topic's name: 1 to 249 ASCII letters, digits, '.',"
                                        + " '_' and '-', but is '%s'.")
                                .formatted(topic));
    }

    @Test
    void refusesANameThatIsTooLong() {
        TopicCheck.checkName(options, KafkaOptions.topic("sink"), "x".repeat(249));
        assertThat(options.problems()).isEmpty();

        TopicCheck.checkName(options, KafkaOptions.topic("sink"), "x".repeat(250));
        assertThat(options.problems()).hasSize(1);
    }

    @Test
    void asksNobodyAboutFiles() throws Exception {
        assertThat(problems(new Places(Optional.empty(), Optional.empty(), Optional.empty())))
                .isEmpty();
    }

    @Test
    void asksNoOthersWhereTheBrokersOfTheSourceDoNotAnswer() throws Exception {
        assertThat(problems(new Places(source(), sink("sink"), sink("dead-letter"))))
                .singleElement()
                .asString()
                .startsWith(
                        "source.properties.bootstrap.servers must be brokers that answer, but"
                                + " source.invalid:9092 cannot be asked for [in]: ");
    }

    @Test
    void asksTheBrokersOfEachSink() throws Exception {
        assertThat(problems(new Places(Optional.empty(), sink("sink"), Optional.empty())))
                .singleElement()
                .asString()
                .startsWith(
                        "sink.properties.bootstrap.servers must be brokers that answer, but"
                                + " sink.invalid:9092 cannot be asked for [out]: ");
    }

    @Test
    void asksTheBrokersOfTheDeadLetters() throws Exception {
        assertThat(problems(new Places(Optional.empty(), Optional.empty(), sink("dead-letter"))))
                .singleElement()
                .asString()
                .startsWith("dead-letter.properties.bootstrap.servers must be brokers that answer");
    }
}
