package org.mydropout.job.config;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.mydropout.job.connector.Connector;
import org.mydropout.job.connector.file.FileConnector;
import org.mydropout.job.connector.kafka.KafkaConnector;

/** The connectors of a job file, by the names in its options. A new connector is one line here. */
@SuppressWarnings("ImmutableEnumChecker") // a connector has no state
public enum Connectors {
    FILESYSTEM(new FileConnector()),
    KAFKA(new KafkaConnector());

    private final Connector connector;

    Connectors(Connector connector) {
        this.connector = connector;
    }

    Connector get() {
        return connector;
    }

    static Stream<Connector> all() {
        return Stream.of(values()).map(Connectors::get);
    }

    /** Whether a key is an option of a connector's client. */
    static boolean isClientOption(String key) {
        return all().anyMatch(connector -> connector.isClientOption(key));
    }

    /** Whether the value of an option is a secret of a connector's client. */
    public static boolean isSecret(String key) {
        return all().anyMatch(connector -> connector.isSecret(key));
    }

    /** The configuration without the options of clients, which Flink may log and show. */
    static Configuration withoutClientOptions(Configuration configuration) {
        Map<String, String> rest = new HashMap<>(configuration.toMap());
        rest.keySet().removeIf(Connectors::isClientOption);
        return Configuration.fromMap(rest);
    }

    @Override
    public String toString() {
        return connector.name();
    }
}
