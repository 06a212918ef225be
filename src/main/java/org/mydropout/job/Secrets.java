package org.mydropout.job;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.GlobalConfiguration;
import org.mydropout.job.config.Connectors;

/**
 * The secrets of a command: the values of options that Flink or a connector holds to be secret by
 * their names, and every text inside of them that is quoted or the value of a login's option.
 * Flink, a client of a connector or a plugin of it may speak of its configuration, in an exception
 * for example.
 *
 * <p>Where a secret is hidden:
 *
 * <ul>
 *   <li>A secret of fewer than {@value #MIN_LENGTH} characters, or of fewer than {@value
 *       #MIN_DIGITS} digits, only where it stands as a value does: alone in quotes, or between an
 *       equals sign and the end of a word. Any text holds it by chance.
 *   <li>A secret of more digits and nothing else, only where it is a whole number, not a part of
 *       one. So no count of a summary is hidden, whose thousands are separated, and no decimal
 *       fraction.
 *   <li>Every other secret, wherever it stands.
 * </ul>
 */
final class Secrets {

    private static final int MIN_LENGTH = 3;

    /** Three digits are any count. */
    private static final int MIN_DIGITS = 4;

    private static final String SHORT = "(?<=['\"=])%s(?=['\",;\\s]|$)";

    private static final String NUMBER = "(?<![\\d.,])%s(?!\\d|[.,]\\d)";

    private static final Pattern QUOTED =
            Pattern.compile(
                    "\"[^\"\\\\]*(?:\\\\.[^\"\\\\]*)*\"|'[^'\\\\]*(?:\\\\.[^'\\\\]*)*'",
                    Pattern.DOTALL);

    /** An option of a login whose value is not quoted, which Kafka takes as well. */
    private static final Pattern UNQUOTED = Pattern.compile("=\\s*([^\\s;\"'=]+)");

    /** An option in SQL, of SET or WITH; or what is left of one where the equals sign is not. */
    private static final Pattern SQL_OPTION =
            Pattern.compile("'((?:[^']|'')*)'\\s*=?\\s*'((?:[^']|'')*)'");

    /** What the name of an option ends with that holds a login of Java's JAAS. */
    private static final String LOGIN = "jaas.config";

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
        if (!GlobalConfiguration.isSensitive(key) && !Connectors.isSecret(key)) {
            return;
        }
        addValue(value);
        QUOTED.matcher(value)
                .results()
                .forEach(part -> addPart(part.group().substring(1, part.group().length() - 1)));
        if (key.endsWith(LOGIN)) {
            UNQUOTED.matcher(value).results().forEach(part -> addPart(part.group(1)));
        }
    }

    private void addPart(String part) {
        addValue(part);
        addValue(part.replaceAll("\\\\(.)", "$1")); // as Kafka takes it
    }

    private void addValue(String value) {
        if (!value.isBlank() && !BOOLEAN.contains(value)) {
            values.add(value);
        }
    }

    /** The text with every secret in it replaced, as this class says. */
    String hidden(String text) {
        String shown = text;
        for (String secret : values) {
            shown = place(secret).matcher(shown).replaceAll(GlobalConfiguration.HIDDEN_CONTENT);
        }
        return shown;
    }

    private static Pattern place(String secret) {
        String exactly = Pattern.quote(secret);
        boolean number = secret.chars().allMatch(c -> c >= '0' && c <= '9');
        if (secret.length() < (number ? MIN_DIGITS : MIN_LENGTH)) {
            return Pattern.compile(SHORT.formatted(exactly));
        }
        return Pattern.compile(number ? NUMBER.formatted(exactly) : exactly);
    }
}
