package org.mydropout.job.kafka;

import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The secrets among the properties of Kafka clients: the values that Flink or Kafka hold to be
 * secret by their names, and every quoted text inside of them. An exception of a client, or of a
 * plugin of it, may speak of its configuration.
 */
public final class Secrets {

    private static final Pattern QUOTED = Pattern.compile("[\"']([^\"']+)[\"']");

    private final Set<String> values =
            new TreeSet<>(
                    Comparator.comparingInt(String::length)
                            .reversed()
                            .thenComparing(Comparator.naturalOrder()));

    private Secrets() {}

    /** The secrets in a configuration. */
    public static Secrets of(Configuration configuration) {
        Secrets secrets = new Secrets();
        configuration
                .toMap()
                .forEach(
                        (key, value) -> {
                            if (ClientProperties.isProperty(key) && isSecret(key)) {
                                secrets.add(value);
                            }
                        });
        return secrets;
    }

    private static boolean isSecret(String key) {
        String name = key.split("\\.properties\\.", 2)[1];
        return GlobalConfiguration.isSensitive(key)
                || isPassword(ConsumerConfig.configDef(), name)
                || isPassword(ProducerConfig.configDef(), name)
                || isPassword(AdminClientConfig.configDef(), name);
    }

    private static boolean isPassword(ConfigDef definition, String name) {
        ConfigDef.ConfigKey key = definition.configKeys().get(name);
        return key != null && key.type == ConfigDef.Type.PASSWORD;
    }

    private void add(String value) {
        values.add(value);
        Matcher quoted = QUOTED.matcher(value);
        while (quoted.find()) {
            values.add(quoted.group(1));
        }
    }

    /** The text with every secret in it replaced. */
    public String hidden(String text) {
        String shown = text;
        for (String secret : values) {
            if (!secret.isBlank()) {
                shown = shown.replace(secret, GlobalConfiguration.HIDDEN_CONTENT);
            }
        }
        return shown;
    }
}
