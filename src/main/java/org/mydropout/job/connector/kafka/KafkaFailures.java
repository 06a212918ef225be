package org.mydropout.job.connector.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Sentences for failures of Kafka's clients. */
final class KafkaFailures {

    private static final String MISSING = "%s does not exist any more, or a part of it.";
    private static final String TOO_LARGE =
            "A message is larger than %%s takes: the topic's max.message.bytes and, for a client, properties.%s limit it."
                    .formatted(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);

    /** Failures that no retry can fix; {@code %s} is the place. */
    private static final Map<Class<? extends KafkaException>, String> PERMANENT =
            new LinkedHashMap<>();

    static {
        PERMANENT.put(RecordTooLargeException.class, TOO_LARGE);
        PERMANENT.put(RecordBatchTooLargeException.class, TOO_LARGE);
        PERMANENT.put(UnknownTopicOrPartitionException.class, MISSING);
        PERMANENT.put(UnknownTopicIdException.class, MISSING);
        PERMANENT.put(InvalidTopicException.class, MISSING);
        PERMANENT.put(
                AuthorizationException.class, "The brokers do not allow this client to use %s.");
        PERMANENT.put(
                AuthenticationException.class,
                "The brokers of %s do not accept the client's login.");
        PERMANENT.put(
                UnsupportedVersionException.class, "The brokers of %s are too old for this job.");
    }

    private KafkaFailures() {}

    /** The sentence for a failure that no retry can fix; empty for any other. */
    static Optional<String> permanent(String place, Throwable failure) {
        return PERMANENT.entrySet().stream()
                .filter(kind -> ExceptionUtils.indexOfType(failure, kind.getKey()) >= 0)
                .map(kind -> kind.getValue().formatted(place).replaceFirst("^t", "T"))
                .findFirst();
    }
}
