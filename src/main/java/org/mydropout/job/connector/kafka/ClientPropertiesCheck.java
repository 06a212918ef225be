package org.mydropout.job.connector.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.mydropout.flink.OptionReader;

/**
 * Lets Kafka check the properties of a client. No sentence contains a value, which may be a secret.
 */
final class ClientPropertiesCheck {

    private static final String SERVERS = CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;

    private final OptionReader options;
    private final String owner;
    private final ClientProperties properties;

    ClientPropertiesCheck(OptionReader options, String owner, ClientProperties properties) {
        this.options = options;
        this.owner = owner;
        this.properties = properties;
    }

    /**
     * Reports the properties that Kafka refuses.
     *
     * @param definition the properties that Kafka knows; others are for plugins
     * @param ours the names of the properties that the job itself sets
     */
    void check(ConfigDef definition, String... ours) {
        if (properties.get(SERVERS) == null) {
            options.problem(
                    key(SERVERS)
                            + " must be set to the brokers' addresses, host:9092 for example.");
        }
        checkLogin();
        Map<String, String> complete = new HashMap<>();
        properties.names().forEach(name -> complete.put(name, properties.get(name)));
        for (String name : ours) {
            if (complete.put(name, Object.class.getName()) != null) {
                options.problem(key(name) + " must not be set: the job sets it itself.");
            }
        }
        for (ConfigValue value : definition.validate(complete)) {
            if (!value.errorMessages().isEmpty() && properties.get(value.name()) != null) {
                options.problem(
                        "%s must be %s, but is not."
                                .formatted(key(value.name()), rule(definition, value.name())));
            }
        }
    }

    /**
     * Checks the login here, because Kafka checks it only when it connects, and quotes it in its
     * exception.
     */
    private void checkLogin() {
        String login = properties.get(SaslConfigs.SASL_JAAS_CONFIG);
        if (login == null) {
            return;
        }
        try {
            JaasContext.loadClientContext(
                    Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(login)));
        } catch (RuntimeException e) { // of many classes: the login cannot be parsed
            options.problem(
                    key(SaslConfigs.SASL_JAAS_CONFIG)
                            + " must be a login module, a control flag and options, ended by a"
                            + " semicolon, but is not.");
        }
    }

    private String key(String name) {
        return owner + ".properties." + name;
    }

    private static String rule(ConfigDef definition, String name) {
        ConfigDef.ConfigKey key = definition.configKeys().get(name);
        String type = "a value of type " + key.type;
        return key.validator == null ? type : type + ", " + key.validator;
    }
}
