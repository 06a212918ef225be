package org.mydropout.flink;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Reads options one by one and collects a sentence for each problem, so that all problems are
 * reported at once:
 *
 * <pre>OPTION must RULE, but is VALUE.</pre>
 */
@Internal
public final class OptionReader {

    private final ReadableConfig source;
    private final List<String> problems = new ArrayList<>();

    public OptionReader(ReadableConfig source) {
        this.source = source;
    }

    /**
     * Returns the value or default of an option.
     *
     * @param rule the RULE of the sentence, for example "an integer"
     * @return empty if there is neither, or if the value cannot be read, which is a problem
     */
    public <T> Optional<T> optional(ConfigOption<T> option, String rule) {
        return optional(option, rule, value -> true);
    }

    /** As {@link #optional(ConfigOption, String)}, but a value that fails the test is a problem. */
    public <T> Optional<T> optional(ConfigOption<T> option, String rule, Predicate<T> test) {
        Optional<T> value = readable(option);
        if (value.isEmpty() && isSet(option)) {
            mustBe(option, rule, "'" + text(option) + "'");
        }
        if (value.isPresent() && !test.test(value.get())) {
            mustBe(option, rule, value.get());
        }
        return value.filter(test);
    }

    /** As {@link #optional(ConfigOption, String)}, but a missing value is a problem. */
    public <T> Optional<T> required(ConfigOption<T> option, String rule) {
        return required(option, rule, value -> true);
    }

    /** As {@link #required(ConfigOption, String)}, but a value that fails the test is a problem. */
    public <T> Optional<T> required(ConfigOption<T> option, String rule, Predicate<T> test) {
        if (!isSet(option)) {
            problem("%s must be set to %s.".formatted(option.key(), rule));
            return Optional.empty();
        }
        return optional(option, rule, test);
    }

    /** Returns whether the option is true, by its value or default; false if it cannot be read. */
    public boolean isTrue(ConfigOption<Boolean> option) {
        return flag(option).orElse(false);
    }

    /** As {@link #optional(ConfigOption, String)}, for a boolean option. */
    public Optional<Boolean> flag(ConfigOption<Boolean> option) {
        return optional(option, "true or false");
    }

    /** As {@link #optional(ConfigOption, String)}, for an enum option with a default. */
    public <E extends Enum<E>> Optional<E> oneOf(ConfigOption<E> option) {
        return optional(option, oneOf(option.defaultValue().getDeclaringClass()));
    }

    /** Returns the rule of an enum option. */
    public static String oneOf(Class<? extends Enum<?>> constants) {
        return Stream.of(constants.getEnumConstants())
                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ", "one of ", ""));
    }

    /** Returns whether the option is set, even if its value cannot be read. */
    public boolean isSet(ConfigOption<?> option) {
        return text(option) != null;
    }

    /**
     * Returns the value or default of an option; empty if there is neither, or if the value cannot
     * be read. This method reports no problem: the code that checks the option does.
     */
    public <T> Optional<T> readable(ConfigOption<T> option) {
        try {
            return Optional.ofNullable(source.get(option));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the text of all options that are set, by key. */
    public Map<String, String> toMap() {
        return source.toMap();
    }

    /** Adds the problem {@code OPTION must be RULE, but is VALUE.} */
    public void mustBe(ConfigOption<?> option, String rule, Object value) {
        problem("%s must be %s, but is %s.".formatted(option.key(), rule, value));
    }

    /** Adds a problem. */
    public void problem(String sentence) {
        problems.add(sentence);
    }

    /** Adds problems. */
    public void problems(Collection<String> sentences) {
        problems.addAll(sentences);
    }

    /** Returns the problems so far, in order. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /**
     * Returns the known name with the least {@link #distance} from an unknown one; the first in
     * alphabetical order if several are equally near.
     *
     * @param known at least one name
     */
    public static String nearest(String name, Collection<String> known) {
        return known.stream()
                .min(
                        Comparator.comparingInt((String candidate) -> distance(name, candidate))
                                .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /** Returns the Levenshtein distance: the number of characters to insert, delete or replace. */
    public static int distance(String a, String b) {
        return LevenshteinDistance.getDefaultInstance().apply(a, b);
    }

    private String text(ConfigOption<?> option) {
        return source.get(ConfigOptions.key(option.key()).stringType().noDefaultValue());
    }
}
