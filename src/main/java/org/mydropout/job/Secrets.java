package org.mydropout.job;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * The secrets of a command: the values of options that Flink or Kafka hold to be secret by their
 * names, and every text inside of them that is quoted or the value of a login's option. Flink, a
 * client of Kafka or a plugin of it may speak of its configuration, in an exception for example.
 */
final class Secrets {

    private static final Pattern QUOTED =
            Pattern.compile(
                    "\"[^\"\\\\]*(?:\\\\.[^\"\\\\]*)*\"|'[^'\\\\]*(?:\\\\.[^'\\\\]*)*'",
                    Pattern.DOTALL);

    /** An option of a login whose value is not quoted, which Kafka takes as well. */
    private static final Pattern UNQUOTED = Pattern.compile("=\\s*([^\\s;\"'=]+)");

    /** An option in SQL, of SET or WITH; or what is left of one where the equals sign is not. */
    private static final Pattern SQL_OPTION =
            Pattern.compile("'((?:[^']|'')*)'\\s*=?\\s*'((?:[^']|'')*)'");

    /** What the name of a client's property comes after, in a job file or in SQL. */
    private static final String PROPERTIES = "properties.";

    /** Values of switches, such as Flink's {@code security.delegation.tokens.enabled}. */
    private static final Set<String> BOOLEAN = Set.of("true", "false");

    private final Set<String> values =
            new TreeSet<>(
                    Comparator.comparingInt(String::length)
                            .reversed()
                            .thenComparing(Comparator.naturalOrder()));

    /** Adds the secrets among options. */
    void add(Map<String, String> options) {
        options.forEach(this::add);
    }

    /** Adds the secrets among the arguments of a command line, which need not be well-formed. */
    void addArguments(String... arguments) {
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals > 0) {
                add(argument.substring(0, equals), argument.substring(equals + 1));
            }
        }
    }

    /** Adds the secrets in a script of SQL statements, which need not be well-formed. */
    void addScript(String script) {
        Matcher option = SQL_OPTION.matcher(script);
        // From every quote on: one that is missing must not make the next value a key.
        for (int at = 0; option.find(at); at = option.start() + 1) {
            add(option.group(1), option.group(2)); // Flink shows it as it stands in a script
            add(option.group(1), option.group(2).replace("''", "'"));
        }
    }

    private void add(String key, String value) {
        if (!isSecret(key) || BOOLEAN.contains(value)) {
            return;
        }
        values.add(value);
        QUOTED.matcher(value)
                .results()
                .forEach(part -> addPart(part.group().substring(1, part.group().length() - 1)));
        if (key.endsWith(SaslConfigs.SASL_JAAS_CONFIG)) {
            UNQUOTED.matcher(value).results().forEach(part -> addPart(part.group(1)));
        }
    }

    private void addPart(String part) {
        if (!BOOLEAN.contains(part)) { // storeKey="true", in a login
            values.add(part);
            values.add(part.replaceAll("\\\\(.)", "$1")); // as Kafka takes it
        }
    }

    private static boolean isSecret(String key) {
        int properties = key.indexOf(PROPERTIES);
        String name = properties < 0 ? "" : key.substring(properties + PROPERTIES.length());
        return GlobalConfiguration.isSensitive(key)
                || isPassword(ConsumerConfig.configDef(), name)
                || isPassword(ProducerConfig.configDef(), name)
                || isPassword(AdminClientConfig.configDef(), name);
    }

    private static boolean isPassword(ConfigDef definition, String name) {
        ConfigDef.ConfigKey key = definition.configKeys().get(name);
        return key != null && key.type == ConfigDef.Type.PASSWORD;
    }

    /** The text with every secret in it replaced. */
    String hidden(String text) {
        String shown = text;
        for (String secret : values) {
            if (!secret.isBlank()) {
                shown = shown.replace(secret, GlobalConfiguration.HIDDEN_CONTENT);
            }
        }
        return shown;
    }
}
