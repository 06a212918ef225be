package org.mydropout.job.connector.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the brokers for the topics of a job before it starts. */
final class Topics {

    private static final String SERVERS = CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;

    private final String owner;
    private final ClientProperties properties;
    private final List<String> names;
    private final int timeout;

    private Topics(String owner, ClientProperties properties, List<String> names) {
        this.owner = owner;
        this.properties = properties;
        this.names = names;
        this.timeout = Math.toIntExact(properties.timeout().toMillis());
    }

    /** The topics of a source. With a pattern there are none, because their names are unknown. */
    static Topics of(KafkaRecordSource source) {
        return new Topics("source", source.properties(), source.topics());
    }

    /**
     * The topic of a sink.
     *
     * @param owner {@code sink} or {@code dead-letter}
     */
    static Topics of(String owner, KafkaRecordSink sink) {
        return new Topics(owner, sink.properties(), List.of(sink.topic()));
    }

    /**
     * A sentence for each topic that does not exist.
     *
     * @param created whether a topic may be missing if the brokers create it on the first write
     * @throws IOException if the brokers do not answer, or refuse the request; the message is a
     *     sentence
     */
    List<String> missing(boolean created) throws IOException, InterruptedException {
        List<String> problems = new ArrayList<>();
        try (Admin admin = Admin.create(properties.toProperties())) {
            get(admin.describeCluster(inTime()).clusterId());
            Map<String, KafkaFuture<TopicDescription>> topics =
                    admin.describeTopics(names, new DescribeTopicsOptions().timeoutMs(timeout))
                            .topicNameValues();
            for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : topics.entrySet()) {
                try {
                    get(topic.getValue());
                } catch (UnknownTopicOrPartitionException e) {
                    if (!created || !createsTopics(admin)) {
                        problems.add(
                                "%s.topic must be a topic that exists, but the brokers at %s have no topic %s."
                                        .formatted(owner, properties.servers(), topic.getKey()));
                    }
                }
            }
        } catch (TimeoutException e) {
            throw new IOException(
                    "%s.properties.%s must be brokers that answer, but %s did not within %d ms, asked for %s."
                            .formatted(owner, SERVERS, properties.servers(), timeout, names),
                    e);
        } catch (KafkaException e) {
            throw new IOException(
                    "%s.properties.%s must be brokers that answer, but %s cannot be asked for %s: %s"
                            .formatted(owner, SERVERS, properties.servers(), names, reason(e)),
                    e);
        }
        return problems;
    }

    private DescribeClusterOptions inTime() {
        return new DescribeClusterOptions().timeoutMs(timeout);
    }

    /** Whether the brokers create a topic on the first write; true if they do not tell. */
    private boolean createsTopics(Admin admin) throws InterruptedException {
        try {
            ConfigResource broker =
                    new ConfigResource(
                            ConfigResource.Type.BROKER,
                            get(admin.describeCluster(inTime()).nodes())
                                    .iterator()
                                    .next()
                                    .idString());
            ConfigEntry entry =
                    get(admin.describeConfigs(
                                            List.of(broker),
                                            new DescribeConfigsOptions().timeoutMs(timeout))
                                    .all())
                            .get(broker)
                            .get("auto.create.topics.enable");
            return entry == null || Boolean.parseBoolean(entry.value());
        } catch (KafkaException e) {
            return true;
        }
    }

    /**
     * The brokers' answer.
     *
     * @throws KafkaException if they do not answer, or refuse the request
     */
    static <T> T get(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException refusal) {
                throw refusal;
            }
            throw new KafkaException(e.getCause());
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = ExceptionUtils.getRootCause(failure);
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
