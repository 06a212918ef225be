package org.mydropout.job.config;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.SinkOptions;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.mydropout.flink.DropoutOptions;
import org.mydropout.flink.Spelling;
import org.mydropout.job.config.JobOptions.Connector;
import org.mydropout.job.connector.kafka.ClientProperties;
import org.mydropout.job.connector.kafka.KafkaOptions;

/** The keys that may stand below our prefixes: ours, and those of Flink that share a prefix. */
final class KnownOptions {

    private static final Set<String> PREFIXES =
            Set.of("dropout", "source", "augment", "sink", "dead-letter");

    static final Set<String> KEYS =
            keys(
                    DropoutOptions.class,
                    JobOptions.class,
                    KafkaOptions.class,
                    StreamFormat.class,
                    SourceReaderOptions.class,
                    SinkOptions.class);

    private static final Set<String> KAFKA_KEYS = keys(KafkaOptions.class);

    private static final Set<String> FILE_KEYS =
            Set.of(
                    JobOptions.SOURCE_PATH.key(),
                    JobOptions.SOURCE_MAX_LINE_SIZE.key(),
                    JobOptions.SINK_PATH.key(),
                    JobOptions.SINK_OVERWRITE.key(),
                    JobOptions.DEAD_LETTER_PATH.key(),
                    JobOptions.DEAD_LETTER_OVERWRITE.key());

    /** A first word this close to one of ours is meant to be ours; none of Flink's is. */
    private static final int TYPING_ERROR = 2;

    private KnownOptions() {}

    /** A sentence for each key that is meant to be ours and is not known. */
    static List<String> unknown(Set<String> keys) {
        return keys.stream()
                .filter(key -> isMeantToBeOurs(key) && !isKnown(key))
                .sorted()
                .map(
                        key ->
                                key
                                        + " is not an option; the nearest that is one is "
                                        + Spelling.nearest(key, KEYS)
                                        + ".")
                .toList();
    }

    /**
     * A sentence for each key that says nothing to the connector in use.
     *
     * @param owner {@code source}, {@code sink} or {@code dead-letter}
     */
    static List<String> ofOtherConnector(Set<String> keys, String owner, Connector connector) {
        return keys.stream()
                .filter(key -> key.startsWith(owner + "."))
                .filter(
                        key ->
                                connector == Connector.KAFKA
                                        ? FILE_KEYS.contains(key)
                                        : KAFKA_KEYS.contains(key)
                                                || ClientProperties.isProperty(key))
                .sorted()
                .map(
                        key ->
                                "%s must not be set where %s.connector is %s."
                                        .formatted(key, owner, connector))
                .toList();
    }

    /** Whether the key is one of ours, or Flink's below one of our prefixes. */
    static boolean isKnown(String key) {
        return KEYS.contains(key) || ClientProperties.isProperty(key);
    }

    private static boolean isMeantToBeOurs(String key) {
        String first = key.split("\\.", 2)[0];
        return Spelling.distance(first, Spelling.nearest(first, PREFIXES)) <= TYPING_ERROR;
    }

    private static Set<String> keys(Class<?>... optionClasses) {
        Set<String> keys = new TreeSet<>();
        Stream.of(optionClasses)
                .flatMap(optionClass -> Stream.of(optionClass.getFields()))
                .filter(field -> field.getType() == ConfigOption.class)
                .forEach(field -> keys.add(option(field).key()));
        return Set.copyOf(keys);
    }

    private static ConfigOption<?> option(Field field) {
        try {
            return (ConfigOption<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("A public field can be read: " + field, e);
        }
    }
}
