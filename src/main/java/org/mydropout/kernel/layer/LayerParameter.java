package org.mydropout.kernel.layer;

import java.util.List;
import java.util.Objects;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A parameter of a layer type.
 *
 * @param name the name in an option, such as {@code top-k}, which is {@code top_k} in Python
 * @param kind the kind of its values
 * @param rule the rule for a value, which follows "must be" in a sentence
 * @param defaultValue null if the parameter is required
 * @param description a sentence
 * @param allows tests whether a value of the kind follows the rule
 * @param isArgument whether a function takes it in its place, not by its name among the options
 */
public record LayerParameter(
        String name,
        Kind kind,
        String rule,
        Object defaultValue,
        String description,
        Predicate<Object> allows,
        boolean isArgument) {

    /** A parameter that a function takes in its place if it has no default. */
    LayerParameter(
            String name,
            Kind kind,
            String rule,
            Object defaultValue,
            String description,
            Predicate<Object> allows) {
        this(name, kind, rule, defaultValue, description, allows, defaultValue == null);
    }

    /** The kinds of values. */
    public enum Kind {
        /** A finite double, which the layer may round to float32. */
        NUMBER(Double.class),
        /** An int. */
        INTEGER(Integer.class),
        /** A list of ints, one per dimension, written {@code 28x28}. */
        DIMENSIONS(List.class),
        /** One of several words. */
        WORD(String.class),
        /** A {@link ReferenceSet}, which cannot be written as text. */
        REFERENCE(ReferenceSet.class);

        private final Class<?> type;

        Kind(Class<?> type) {
            this.type = type;
        }
    }

    static LayerParameter number(
            String name,
            Double defaultValue,
            String rule,
            DoublePredicate allows,
            String description) {
        return new LayerParameter(
                name,
                Kind.NUMBER,
                "a number " + rule,
                defaultValue,
                description,
                value -> allows.test((Double) value));
    }

    static LayerParameter integer(
            String name, int defaultValue, String rule, int min, String description) {
        return new LayerParameter(
                name,
                Kind.INTEGER,
                "an integer " + rule,
                defaultValue,
                description,
                value -> (Integer) value >= min);
    }

    /** A list of ints from 0, of any length. */
    public static LayerParameter dimensions(
            String name, List<Integer> defaultValue, String description) {
        return new LayerParameter(
                name,
                Kind.DIMENSIONS,
                "integers from 0 with 'x' between them, such as 28x28",
                defaultValue,
                description,
                value ->
                        ((List<?>) value).stream().allMatch(n -> n instanceof Integer i && i >= 0));
    }

    /** The ints of a value of {@link Kind#DIMENSIONS}. */
    public static int[] dimensions(Object value) {
        return ((List<?>) value).stream().mapToInt(n -> (Integer) n).toArray();
    }

    static LayerParameter word(String name, String description, String first, String... others) {
        List<String> words = Stream.concat(Stream.of(first), Stream.of(others)).toList();
        return new LayerParameter(
                name,
                Kind.WORD,
                words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" or ")),
                first,
                description,
                words::contains);
    }

    /** The same parameter, which a function takes in its place. */
    LayerParameter asArgument() {
        return new LayerParameter(name, kind, rule, defaultValue, description, allows, true);
    }

    /** Whether there is no default. */
    public boolean required() {
        return defaultValue == null;
    }

    /**
     * Parses the text of an option.
     *
     * @throws IllegalArgumentException if the text is not a value, or violates the rule
     */
    public Object parse(String text) {
        Object value;
        try {
            value =
                    switch (kind) {
                        case NUMBER -> Double.valueOf(text);
                        case INTEGER -> Integer.valueOf(text);
                        case DIMENSIONS ->
                                text.isEmpty() && List.of().equals(defaultValue)
                                        ? List.of()
                                        : Stream.of(text.split("x", -1))
                                                .map(Integer::valueOf)
                                                .toList();
                        case WORD -> text;
                        case REFERENCE -> throw refused(text);
                    };
        } catch (NumberFormatException e) {
            throw refused(text);
        }
        return checked(value);
    }

    /** Returns the value, or refuses one of another kind or against the rule. */
    Object checked(Object value) {
        boolean fits =
                kind.type.isInstance(value)
                        && (kind != Kind.NUMBER || Double.isFinite((Double) value))
                        && allows.test(value);
        if (!fits) {
            throw refused(value);
        }
        return value;
    }

    private IllegalArgumentException refused(Object value) {
        return new IllegalArgumentException(
                "%s must be %s, but is %s."
                        .formatted(
                                name, rule, value instanceof String ? "'" + value + "'" : value));
    }

    /** The parameter as a keyword argument of the layer's class in Python. */
    String python(Object value) {
        return pythonName()
                + "="
                + switch (kind) {
                    case NUMBER, INTEGER -> value.toString();
                    case DIMENSIONS -> tuple((List<?>) value);
                    case WORD -> '"' + value.toString() + '"';
                    case REFERENCE -> pythonName();
                };
    }

    /** The name in Python. */
    public String pythonName() {
        return name.replace('-', '_');
    }

    private static String tuple(List<?> values) {
        return values.stream()
                .map(Objects::toString)
                .collect(Collectors.joining(", ", "(", values.size() == 1 ? ",)" : ")"));
    }
}
