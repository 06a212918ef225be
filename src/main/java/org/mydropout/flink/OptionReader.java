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
 * Reads options one by one and keeps a sentence for each that is wrong, so that all are reported at
 * once:
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
     * Returns the option's value or default.
     *
     * @param rule what a value must be, as the part of a sentence
     * @return empty if it has neither, or a value that cannot be read, which is then a problem
     */
    public <T> Optional<T> optional(ConfigOption<T> option, String rule) {
        return optional(option, rule, value -> true);
    }

    /**
     * As {@link #optional(ConfigOption, String)}; a value that fails the test is a problem, too.
     */
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

    /** As {@link #optional(ConfigOption, String)}; that the option is not set is a problem, too. */
    public <T> Optional<T> required(ConfigOption<T> option, String rule) {
        return required(option, rule, value -> true);
    }

    /**
     * As {@link #required(ConfigOption, String)}; a value that fails the test is a problem, too.
     */
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

    /** As {@link #optional(ConfigOption, String)}, for an option that is true or false. */
    public Optional<Boolean> flag(ConfigOption<Boolean> option) {
        return optional(option, "true or false");
    }

    /** As {@link #optional(ConfigOption, String)}, for an option with a default among constants. */
    public <E extends Enum<E>> Optional<E> oneOf(ConfigOption<E> option) {
        return optional(option, oneOf(option.defaultValue().getDeclaringClass()));
    }

    /** Returns the rule for an option that takes one of some constants. */
    public static String oneOf(Class<? extends Enum<?>> constants) {
        return Stream.of(constants.getEnumConstants())
                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ", "one of ", ""));
    }

    /** Returns whether the option has a value, which need not be one that can be read. */
    public boolean isSet(ConfigOption<?> option) {
        return text(option) != null;
    }

    /**
     * Returns the option's value or default; empty if it has neither, or a value that cannot be
     * read. That is no problem here, but of whoever reads the option to check it.
     */
    public <T> Optional<T> readable(ConfigOption<T> option) {
        try {
            return Optional.ofNullable(source.get(option));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns everything that is set, as text, by its key. */
    public Map<String, String> toMap() {
        return source.toMap();
    }

    /** Keeps the sentence that the option must be as the rule says, but is of that value. */
    public void mustBe(ConfigOption<?> option, String rule, Object value) {
        problem("%s must be %s, but is %s.".formatted(option.key(), rule, value));
    }

    /** Keeps a sentence. */
    public void problem(String sentence) {
        problems.add(sentence);
    }

    /** Keeps the sentences of another. */
    public void problems(Collection<String> sentences) {
        problems.addAll(sentences);
    }

    /** Returns the sentences so far, in their order. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /**
     * Returns what a name that is not known was probably meant to be: the least {@link #distance}
     * away, the first in alphabetical order among equals.
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

    /** Returns how many characters are to be inserted, deleted or replaced, after Levenshtein. */
    public static int distance(String a, String b) {
        return LevenshteinDistance.getDefaultInstance().apply(a, b);
    }

    private String text(ConfigOption<?> option) {
        return source.get(ConfigOptions.key(option.key()).stringType().noDefaultValue());
    }
}
