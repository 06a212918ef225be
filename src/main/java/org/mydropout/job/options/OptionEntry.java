package org.mydropout.job.options;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.Description;
import org.apache.flink.util.TimeUtils;
import org.mydropout.job.config.KnownOptions;
import org.mydropout.job.config.Provenance;

/**
 * The entry of an option in the reference.
 *
 * @param owner {@code dropout}, {@code job}, a connector's name, or {@code flink}
 * @param key the key of the option
 * @param type the type of its values
 * @param values all possible values, if they are few
 * @param defaultValue the default, if there is one
 * @param isRequired whether every job must set it
 * @param changesBits whether bits of a record may depend on it
 * @param description its description
 */
record OptionEntry(
        String owner,
        String key,
        String type,
        List<String> values,
        Optional<String> defaultValue,
        boolean isRequired,
        boolean changesBits,
        Description description) {

    private static final String REQUIRED = "Required. ";

    /** All options in the order in which they are shown. */
    static List<OptionEntry> all() {
        return KnownOptions.all().entrySet().stream()
                .flatMap(owner -> owner.getValue().stream().map(o -> of(owner.getKey(), o)))
                .toList();
    }

    private static OptionEntry of(String owner, ConfigOption<?> option) {
        Class<?> type = type(option);
        List<String> values =
                type.isEnum()
                        ? Arrays.stream(type.getEnumConstants()).map(OptionEntry::text).toList()
                        : List.of();
        return new OptionEntry(
                owner,
                option.key(),
                type.isEnum() ? "enum" : typeName(option, type),
                values,
                option.hasDefaultValue()
                        ? Optional.of(text(option.defaultValue()))
                        : Optional.empty(),
                new PlainDescription().format(option.description()).startsWith(REQUIRED),
                Provenance.names(option),
                option.description());
    }

    private static String typeName(ConfigOption<?> option, Class<?> type) {
        String name = type.getSimpleName().toLowerCase(Locale.ROOT);
        return isList(option) ? "list of " + name : name;
    }

    /**
     * Reads the type by reflection, as Flink's ConfigOptionsDocGenerator does, because Flink does
     * not publish it.
     */
    private static Class<?> type(ConfigOption<?> option) {
        return (Class<?>) read(option, "getClazz");
    }

    private static boolean isList(ConfigOption<?> option) {
        return (Boolean) read(option, "isList");
    }

    private static Object read(ConfigOption<?> option, String method) {
        try {
            Method getter = ConfigOption.class.getDeclaredMethod(method);
            getter.setAccessible(true);
            return getter.invoke(option);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "The type of %s cannot be read from this Flink.".formatted(option.key()), e);
        }
    }

    private static String text(Object value) {
        if (value instanceof Duration duration) {
            return TimeUtils.formatWithHighestUnit(duration);
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(";"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + ":" + entry.getValue())
                    .collect(Collectors.joining(","));
        }
        return String.valueOf(value);
    }
}
