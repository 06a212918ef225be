package org.mydropout.job.connector.kafka;

import java.io.IOException;
import org.apache.flink.configuration.ConfigOption;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;
import org.mydropout.flink.OptionReader;
import org.mydropout.job.connector.Places;

/** Checks the topics of a job, and adds a problem for each invalid one. */
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
     * Asks the brokers for the topics before the job starts. Otherwise the source would wait
     * without end for a missing topic, and the sink for a minute per attempt. If brokers do not
     * answer, the others are not asked: they are usually the same brokers, and would take as long.
     *
     * @param created whether a sink's topic may be missing if the brokers create it
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
