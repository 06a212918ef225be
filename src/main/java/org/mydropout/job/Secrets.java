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
 * The secrets of a command, and how they are hidden. A secret is the value of an option whose name
 * Flink or a connector treats as secret, and also each quoted text and each value of a login's
 * option inside such a value. They must be hidden because Flink, a client of a connector or a
 * plugin of the client may print its configuration, in an exception for example.
 *
 * <p>A secret is hidden as follows:
 *
 * <ul>
 *   <li>A secret of fewer than {@value #MIN_LENGTH} characters, or of fewer than {@value
 *       #MIN_DIGITS} digits, is hidden only where it looks like a value: alone in quotes, or
 *       between an equals sign and the end of a word. Elsewhere it may occur by chance.
 *   <li>A longer secret of digits alone is hidden only where it is a whole number, not part of one.
 *       So the counts of a summary, which have thousands separators, and decimal fractions are not
 *       hidden.
 *   <li>Every other secret is hidden everywhere.
 * </ul>
 */
final class Secrets {

    private static final int MIN_LENGTH = 3;

    /** Three digits may be any count. */
    private static final int MIN_DIGITS = 4;

    private static final String SHORT = "(?<=['\"=])%s(?=['\",;\\s]|$)";

    private static final String NUMBER = "(?<![\\d.,])%s(?!\\d|[.,]\\d)";

    private static final Pattern QUOTED =
            Pattern.compile(
                    "\"[^\"\\\\]*(?:\\\\.[^\"\\\\]*)*\"|'[^'\\\\]*(?:\\\\.[^'\\\\]*)*'",
                    Pattern.DOTALL);

    /** An option of a login whose value is not quoted, which Kafka also accepts. */
    private static final Pattern UNQUOTED = Pattern.compile("=\\s*([^\\s;\"'=]+)");

    /** An option of SET or WITH in SQL, even if its equals sign is missing. */
    private static final Pattern SQL_OPTION =
            Pattern.compile("'((?:[^']|'')*)'\\s*=?\\s*'((?:[^']|'')*)'");

    /** The end of the name of an option with a JAAS login. */
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

    /** Adds the secrets in the arguments of a command line, which may be malformed. */
    void addArguments(String... arguments) {
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals > 0) {
                add(argument.substring(0, equals), argument.substring(equals + 1));
            }
        }
    }

    /** Adds the secrets in an SQL script, which may be malformed. */
    void addScript(String script) {
        Matcher option = SQL_OPTION.matcher(script);
        // Tries each quote as a beginning, so that a missing quote does not turn the next value
        // into a key.
        for (int at = 0; option.find(at); at = option.start() + 1) {
            add(option.group(1), option.group(2)); // Flink shows it as written in the script
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
        addValue(part.replaceAll("\\\\(.)", "$1")); // as Kafka reads it
    }

    private void addValue(String value) {
        if (!value.isBlank() && !BOOLEAN.contains(value)) {
            values.add(value);
        }
    }

    /** The text with all secrets replaced, as described above. */
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
