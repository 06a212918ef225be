package org.mydropout.job.connector.kafka;

import java.io.IOException;
import org.apache.flink.configuration.ConfigOption;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;
import org.mydropout.flink.OptionReader;
import org.mydropout.job.connector.Places;

/** Checks the topics of a job, and keeps a sentence for each that is wrong. */
final class TopicCheck {

    private TopicCheck() {}

    /** Checks the name of a topic by Kafka's rule. */
    static void checkName(OptionReader options, ConfigOption<?> option, String topic) {
        try {
            Topic.validate(topic);
        } catch (InvalidTopicException e) {
            options.mustBe(
                    option,
                    "a topic's name: 1 to 249 ASCII letters, digits, '.', '_' and '-'",
                    "'" + topic + "'");
        }
    }

    /**
     * Asks brokers for the topics. A job's source would wait for them, and its sink for a minute at
     * each attempt, before they said so. Where brokers do not answer, no others are asked: they are
     * mostly the same, and would take as long.
     *
     * @param created whether a sink's topic may be missing where brokers create it
     */
    static void checkExistence(OptionReader options, Places places, boolean created)
            throws InterruptedException {
        try {
            if (places.source(KafkaRecordSource.class).isPresent()) {
                Topics topics = Topics.of(places.source(KafkaRecordSource.class).get());
                options.problems(topics.missing(false));
            }
            for (var sink : places.sinks(KafkaRecordSink.class).entrySet()) {
                options.problems(Topics.of(sink.getKey(), sink.getValue()).missing(created));
            }
        } catch (IOException e) {
            options.problem(e.getMessage());
        }
    }
}
