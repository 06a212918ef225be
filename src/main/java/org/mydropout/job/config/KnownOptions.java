package org.mydropout.job.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.SinkOptions;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.mydropout.flink.DropoutOptions;
import org.mydropout.flink.LayerOptions;
import org.mydropout.flink.OptionReader;
import org.mydropout.flink.RngOptions;
import org.mydropout.job.connector.Connector;
import org.mydropout.job.connector.CsvOptions;

/** The known keys below our prefixes: ours, and Flink's that share a prefix. */
public final class KnownOptions {

    private static final Set<String> PREFIXES =
            Set.of(
                    "dropout",
                    "rng",
                    "layers",
                    "sample",
                    "split",
                    "source",
                    "augment",
                    "sink",
                    "dead-letter");

    /** First words of Flink's options that are as close to one of ours as a typing error. */
    private static final Set<String> PREFIXES_OF_FLINK = Set.of("env", "slot");

    private static final List<ConfigOption<?>> OF_FLINK =
            List.of(
                    StreamFormat.FETCH_IO_SIZE,
                    SourceReaderOptions.ELEMENT_QUEUE_CAPACITY,
                    SourceReaderOptions.SOURCE_READER_CLOSE_TIMEOUT,
                    SinkOptions.COMMITTER_RETRIES);

    static final Set<String> KEYS =
            all().values().stream()
                    .flatMap(Collection::stream)
                    .map(ConfigOption::key)
                    .collect(Collectors.toUnmodifiableSet());

    /**
     * A first word at most this distance from one of ours is a typing error. None of Flink's is.
     */
    private static final int TYPING_ERROR = 2;

    private KnownOptions() {}

    /**
     * All options by their owner, in the order in which they are shown: {@code dropout}, {@code
     * rng}, {@code layers}, {@code job}, each connector by its name, and {@code flink} for those of
     * Flink below our prefixes.
     */
    public static Map<String, List<ConfigOption<?>>> all() {
        Map<String, List<ConfigOption<?>>> all = new LinkedHashMap<>();
        all.put("dropout", DropoutOptions.ALL);
        all.put("rng", RngOptions.ALL);
        all.put("layers", List.of(LayerOptions.LAYERS));
        all.put(
                "job",
                Stream.of(JobOptions.ALL, SelectionOptions.ALL, CsvOptions.ALL)
                        .flatMap(List::stream)
                        .toList());
        Connectors.all().forEach(connector -> all.put(connector.name(), connector.options()));
        all.put("flink", OF_FLINK);
        return all;
    }

    /**
     * Adds a problem for each unknown key below our prefixes, or below a prefix that is probably
     * meant to be ours.
     */
    static void checkKnown(OptionReader options) {
        options.toMap().keySet().stream()
                .filter(key -> isMeantToBeOurs(key) && !isKnown(key))
                .sorted()
                .forEach(
                        key ->
                                options.problem(
                                        "%s is not an option; the nearest that is one is %s."
                                                .formatted(key, OptionReader.nearest(key, KEYS))));
    }

    /**
     * Adds a problem for each key that is not an option of the connector in use.
     *
     * @param prefix {@code source}, {@code sink} or {@code dead-letter}
     */
    static void checkOwner(OptionReader options, String prefix, Connector connector) {
        options.toMap().keySet().stream()
                .filter(key -> key.startsWith(prefix + ".") && !isOption(connector, key))
                .filter(key -> Connectors.all().anyMatch(other -> isOption(other, key)))
                .sorted()
                .forEach(
                        key ->
                                options.problem(
                                        "%s must not be set where %s.connector is %s."
                                                .formatted(key, prefix, connector.name())));
    }

    /** Whether the key is one of ours, or Flink's below one of our prefixes. */
    static boolean isKnown(String key) {
        return KEYS.contains(key) || Connectors.isClientOption(key);
    }

    private static boolean isOption(Connector connector, String key) {
        return connector.isClientOption(key)
                || connector.options().stream().anyMatch(option -> option.key().equals(key));
    }

    private static boolean isMeantToBeOurs(String key) {
        String first = key.split("\\.", 2)[0];
        return !PREFIXES_OF_FLINK.contains(first)
                && OptionReader.distance(first, OptionReader.nearest(first, PREFIXES))
                        <= TYPING_ERROR;
    }
}
