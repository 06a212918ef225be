package org.mydropout.job.config;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;

/** Reads options one by one and keeps a sentence for each that is wrong. */
public final class OptionReader {

    private final Configuration configuration;
    private final List<String> problems = new ArrayList<>();

    public OptionReader(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * The option's value or default.
     *
     * @param rule what a value must be, as the end of a sentence
     * @return empty if it has neither, or a value that cannot be read, which is then a problem
     */
    public <T> Optional<T> optional(ConfigOption<T> option, String rule) {
        try {
            return Optional.ofNullable(configuration.get(option));
        } catch (IllegalArgumentException e) {
            problem(
                    "%s must be %s, but is '%s'."
                            .formatted(
                                    option.key(), rule, configuration.toMap().get(option.key())));
            return Optional.empty();
        }
    }

    /** As {@link #optional}; that the option is not set is a problem, too. */
    <T> Optional<T> required(ConfigOption<T> option, String rule) {
        if (!isSet(option)) {
            problem("%s must be set to %s.".formatted(option.key(), rule));
            return Optional.empty();
        }
        return optional(option, rule);
    }

    /** A required path; one without a scheme is taken from the working directory. */
    Optional<Path> path(ConfigOption<String> option, String rule) {
        return required(option, rule).flatMap(path -> location(option, rule, path));
    }

    private Optional<Path> location(ConfigOption<String> option, String rule, String path) {
        try {
            Path given = new Path(path);
            return Optional.of(
                    given.isAbsolute() || given.toUri().getScheme() != null
                            ? given
                            : new Path(new File(path).getAbsolutePath()));
        } catch (IllegalArgumentException e) {
            problem("%s must be %s, but is '%s'.".formatted(option.key(), rule, path));
            return Optional.empty();
        }
    }

    /** The rule for an option that takes one of some values. */
    static <E extends Enum<E>> String oneOf(Class<E> values) {
        return Stream.of(values.getEnumConstants())
                .map(Object::toString)
                .collect(Collectors.joining(", ", "one of ", ""));
    }

    /** Checks the name of a topic by Kafka's rule. */
    void checkTopic(ConfigOption<?> option, String topic) {
        try {
            Topic.validate(topic);
        } catch (InvalidTopicException e) {
            problem(
                    "%s must be a topic's name: 1 to 249 ASCII letters, digits, '.', '_' and '-',"
                                    .formatted(option.key())
                            + " but is '%s'.".formatted(topic));
        }
    }

    boolean isSet(ConfigOption<?> option) {
        return configuration.containsKey(option.key());
    }

    Configuration configuration() {
        return configuration;
    }

    /** Keeps a sentence. */
    void problem(String sentence) {
        problems.add(sentence);
    }

    /** Keeps sentences that others found. */
    void problems(List<String> sentences) {
        problems.addAll(sentences);
    }

    /** The sentences so far. */
    List<String> problems() {
        return problems;
    }
}
