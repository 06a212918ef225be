package org.mydropout.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.job.augment.JobConfig;

/** Tests for {@link JobConfigReader} with topics. */
class KafkaConfigTest {

    private static final String SECRET = "hunter2-correct-horse";

    private final Map<String, String> options = new HashMap<>();

    @BeforeEach
    void setUp() {
        options.putAll(
                Map.of(
                        "dropout.rate", "0.1",
                        "dropout.seed", "42",
                        "source.connector", "kafka",
                        "source.topic", "in",
                        "source.format", "json",
                        "source.scan.startup.mode", "earliest-offset",
                        "source.properties.bootstrap.servers", "localhost:9092",
                        "sink.connector", "kafka",
                        "sink.topic", "out",
                        "sink.properties.bootstrap.servers", "localhost:9092"));
    }

    private JobConfig read() throws InvalidJobException {
        return new JobConfigReader(Configuration.fromMap(options)).read();
    }

    private List<String> problems() {
        return catchThrowableOfType(InvalidJobException.class, this::read).problems();
    }

    @Test
    void reportsEveryProblemAtOnce() {
        options.put("source.topic-pattern", "in.*");
        options.put("source.scan.startup.mode", "group-offsets");
        options.put("source.scan.bounded.mode", "someday");
        options.put("source.properties.max.poll.records", "many");
        options.put("source.properties.key.deserializer", "x");
        options.put("source.format", "csv");
        options.put("source.path", "in.csv");
        options.put("sink.topik", "out");
        options.put("sink.overwrite", "true");
        options.put("sink.delivery-guarantee", "exactly-once");
        options.remove("sink.properties.bootstrap.servers");
        options.put("dead-letter.topic", "dead");

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "Either source.topic or source.topic-pattern must be set.",
                        "source.properties.group.id must be set where source.scan.startup.mode is"
                                + " group-offsets.",
                        "source.scan.bounded.mode must be one of unbounded, latest-offset,"
                                + " group-offsets, timestamp, specific-offsets, but is 'someday'.",
                        "source.properties.max.poll.records must be a value of type INT, [1,...],"
                                + " but is not.",
                        "source.properties.key.deserializer must not be set: the job sets it"
                                + " itself.",
                        "source.csv.columns must be set to the columns in order: a message has no"
                                + " header.",
                        "source.path must not be set where source.connector is kafka.",
                        "sink.topik is not an option; the nearest that is one is sink.topic.",
                        "sink.overwrite must not be set where sink.connector is kafka.",
                        "sink.transactional-id-prefix must be set where sink.delivery-guarantee is"
                                + " exactly-once: a text that no other sink uses, and that stays"
                                + " when the job starts again.",
                        "sink.properties.bootstrap.servers must be set to the brokers' addresses,"
                                + " host:9092 for example.",
                        "dead-letter.connector must be set to one of filesystem, kafka where"
                                + " dead-letter.topic is set.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "source.scan.startup.timestamp-millis | 5 | unless source.scan.startup.mode is timestamp",
                "source.scan.bounded.timestamp-millis | 5 | unless source.scan.bounded.mode is timestamp",
                "source.topic | a;b c | source.topic must be a topic's name",
                "source.topic | '' | source.topic must be a topic",
                "sink.topic | '' | sink.topic must be a topic's name",
                "source.scan.startup.mode | timestamp | timestamp-millis must be set",
                "source.scan.bounded.mode | group-offsets | group.id must be set",
                "source.scan.bounded.mode | specific-offsets | specific-offsets must be set",
                "source.csv.columns | a;b | must not be set where source.format is json",
                "sink.delivery-guarantee | sometimes | must be one of exactly-once, at-least-once",
                "sink.properties.transactional.id | x | the job sets it itself",
                "source.key.fields | id | source.key.fields is not an option",
                "source.key.format | raw | source.key.format is not an option",
                "source.value.fields-include | ALL | source.value.fields-include is not an option",
                "sink.key.fields | id | sink.key.fields is not an option",
                "sink.partitioner | fixed | sink.partitioner is not an option"
            })
    void refusesWhatCannotWork(String key, String value, String sentence) {
        options.put(key, value);

        assertThat(problems()).singleElement().asString().contains(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "timestamp, source.scan.startup.timestamp-millis, -1",
        "group-offsets, source.properties.auto.offset.reset, by_duration:PT1H"
    })
    void refusesWhatTheStartupModeCannotTake(String mode, String key, String value) {
        options.put("source.properties.group.id", "augment");
        options.put("source.scan.startup.mode", mode);
        options.put(key, value);

        assertThat(problems()).singleElement().asString().contains(key + " must be");
    }

    @Test
    void readsCsvColumns() throws InvalidJobException {
        options.put("source.format", "csv");
        options.put("source.csv.columns", "id;step;'odd, name'");
        assertThat(problems())
                .containsExactly(
                        "source.csv.columns must name the column 'features', but names [id, step,"
                                + " odd, name]; a range of columns is written pixel1..pixel784.");

        options.put("source.csv.columns", "id;step;features;'odd, name'");
        assertThat(read().source().header().orElseThrow().columns())
                .containsExactly("id", "step", "features", "odd, name");
    }

    @Test
    void refusesToWriteIntoATopicThatItReads() throws InvalidJobException {
        options.put("sink.topic", "in");
        assertThat(problems())
                .containsExactly("sink.topic must not be a topic of the source, but is in.");

        options.put("sink.properties.bootstrap.servers", "elsewhere:9092");
        assertThat(read().sink().description()).isEqualTo("topic in");
    }

    @Test
    void refusesOneTopicForRecordsAndDeadLetters() {
        options.putAll(
                Map.of(
                        "dead-letter.connector", "kafka",
                        "dead-letter.topic", "out",
                        "dead-letter.properties.bootstrap.servers", "localhost:9092"));

        assertThat(problems())
                .containsExactly("sink.topic must not be dead-letter.topic, but both are out.");
    }

    @Test
    void needsTwoPrefixesForTwoSinksWithTransactions() {
        options.putAll(
                Map.of(
                        "sink.delivery-guarantee", "exactly-once",
                        "sink.transactional-id-prefix", "augment",
                        "dead-letter.connector", "kafka",
                        "dead-letter.topic", "dead",
                        "dead-letter.properties.bootstrap.servers", "localhost:9092",
                        "dead-letter.delivery-guarantee", "exactly-once",
                        "dead-letter.transactional-id-prefix", "augment"));

        assertThat(problems())
                .containsExactly(
                        "sink.transactional-id-prefix and dead-letter.transactional-id-prefix must be"
                                + " two texts, but both are 'augment'.");
    }

    @ParameterizedTest
    @CsvSource({
        "source.properties.ssl.keystore.password",
        "source.properties.whatever",
        "sink.properties.ssl.key.password",
        "sink.properties.my.interceptor.token"
    })
    void showsNoProperty(String key) throws InvalidJobException {
        options.put(key, SECRET);

        assertThat(read().toString()).contains("topic").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "source.properties.max.poll.records",
        "source.properties.isolation.level",
        "source.properties.auto.offset.reset",
        "sink.properties.acks",
        "sink.properties.sasl.jaas.config",
        "sink.properties.key.serializer",
        "source.properties",
        "sorce.properties.sasl.jaas.config",
        "source.propertys.sasl.jaas.config"
    })
    void showsNoPropertyThatIsWrong(String key) {
        options.put(key, SECRET);

        assertThat(problems()).singleElement().asString().contains(key).doesNotContain(SECRET);
    }
}
