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
 * The properties of a Kafka client, for example from the keys below {@code source.properties.}.
 * Values may be passwords, so no text shows a value.
 */
final class ClientProperties implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String PREFIX = "properties.";

    private static final Set<String> OWNERS =
            Set.of("source." + PREFIX, "sink." + PREFIX, "dead-letter." + PREFIX);

    /**
     * The default isolation level of consumers here: the messages of a failed transaction do not
     * count.
     */
    static final String READ_COMMITTED = "read_committed";

    /**
     * Kafka's definitions of properties. Most commands do not need them, and loading takes time.
     */
    private static final class Definitions {
        private static final List<ConfigDef> ALL =
                List.of(
                        ConsumerConfig.configDef(),
                        ProducerConfig.configDef(),
                        AdminClientConfig.configDef());
    }

    private final TreeMap<String, String> values;

    private ClientProperties(Map<String, String> values) {
        this.values = new TreeMap<>(values);
    }

    /**
     * The client's properties among the options.
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

    /** Whether a key of a job file is a property of a client. Any such key is allowed. */
    static boolean isProperty(String key) {
        return OWNERS.stream().anyMatch(key::startsWith);
    }

    /** Whether Kafka treats a property as a password, whatever prefix its key has. */
    static boolean isPassword(String key) {
        int end = key.indexOf(PREFIX);
        return end >= 0
                && Definitions.ALL.stream()
                        .map(known -> known.configKeys().get(key.substring(end + PREFIX.length())))
                        .anyMatch(known -> known != null && known.type == ConfigDef.Type.PASSWORD);
    }

    /** These properties, and one more unless it is set. */
    ClientProperties withDefault(String name, String value) {
        ClientProperties more = new ClientProperties(values);
        more.values.putIfAbsent(name, value);
        return more;
    }

    /**
     * The properties of a consumer that reads the committed messages of the producer with these
     * properties, without the properties that only producers have.
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

    /** How long to wait for the brokers' answer before a job starts; 20 seconds by default. */
    Duration timeout() {
        String given = get(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG);
        return given == null ? Duration.ofSeconds(20) : Duration.ofMillis(Long.parseLong(given));
    }

    /** The addresses of the brokers, as set. */
    String servers() {
        return get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    }

    /** The names of the set properties. */
    Set<String> names() {
        return new TreeSet<>(values.keySet());
    }

    /** The value of a property, or null. */
    String get(String name) {
        return values.get(name);
    }

    /** The properties for a Kafka client. */
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
