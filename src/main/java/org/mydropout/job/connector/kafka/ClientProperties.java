package org.mydropout.job.connector.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The properties of a Kafka client, from the keys below {@code source.properties.} for example.
 * Among their values are passwords, so no value of theirs shows in text.
 */
final class ClientProperties implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String PREFIX = "properties.";

    private static final Set<String> OWNERS =
            Set.of("source." + PREFIX, "sink." + PREFIX, "dead-letter." + PREFIX);

    private static final List<ConfigDef> DEFINITIONS =
            List.of(
                    ConsumerConfig.configDef(),
                    ProducerConfig.configDef(),
                    AdminClientConfig.configDef());

    /**
     * What a consumer reads by default here: what a transaction wrote that failed was never said.
     */
    static final String READ_COMMITTED = "read_committed";

    private final TreeMap<String, String> values;

    private ClientProperties(Map<String, String> values) {
        this.values = new TreeMap<>(values);
    }

    /**
     * The properties among options.
     *
     * @param owner {@code source}, {@code sink} or {@code dead-letter}
     */
    static ClientProperties of(Map<String, String> options, String owner) {
        String prefix = owner + "." + PREFIX;
        Map<String, String> values = new HashMap<>();
        options.forEach(
                (key, value) -> {
                    if (key.startsWith(prefix)) {
                        values.put(key.substring(prefix.length()), value);
                    }
                });
        return new ClientProperties(values);
    }

    /** Whether a key of a job file is a property of a client, and so any key may stand there. */
    static boolean isProperty(String key) {
        return OWNERS.stream().anyMatch(key::startsWith);
    }

    /** Whether Kafka holds a property to be secret, below whatever prefix its key stands. */
    static boolean isPassword(String key) {
        int end = key.indexOf(PREFIX);
        return end >= 0
                && DEFINITIONS.stream()
                        .map(known -> known.configKeys().get(key.substring(end + PREFIX.length())))
                        .anyMatch(known -> known != null && known.type == ConfigDef.Type.PASSWORD);
    }

    /** These properties, with one more unless it is set. */
    ClientProperties withDefault(String name, String value) {
        ClientProperties more = new ClientProperties(values);
        more.values.putIfAbsent(name, value);
        return more;
    }

    /**
     * The properties of a consumer that reads committed messages as these properties' producer
     * wrote them: those that only a producer has are left out.
     */
    ClientProperties ofConsumer() {
        ClientProperties consumer = new ClientProperties(values);
        Set<String> producers = new TreeSet<>(ProducerConfig.configNames());
        producers.removeAll(ConsumerConfig.configNames());
        producers.add(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
        consumer.values.keySet().removeAll(producers);
        return consumer.withDefault(ConsumerConfig.ISOLATION_LEVEL_CONFIG, READ_COMMITTED);
    }

    boolean areOfSameServers(ClientProperties other) {
        return Objects.equals(servers(), other.servers());
    }

    /** How long brokers may take to answer before a job starts: 20 seconds unless set. */
    Duration timeout() {
        String given = get(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG);
        return given == null ? Duration.ofSeconds(20) : Duration.ofMillis(Long.parseLong(given));
    }

    /** The addresses of the brokers, as given. */
    String servers() {
        return get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    }

    /** The names that are set. */
    Set<String> names() {
        return new TreeSet<>(values.keySet());
    }

    /** The value of a property, or null. */
    String get(String name) {
        return values.get(name);
    }

    /** As a Kafka client takes them. */
    Properties toProperties() {
        Properties properties = new Properties();
        properties.putAll(values);
        return properties;
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
