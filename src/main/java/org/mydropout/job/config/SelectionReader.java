package org.mydropout.job.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.YamlParserUtils;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.OptionReader;
import org.mydropout.flink.StepSource;
import org.mydropout.job.augment.RecordSelection;
import org.mydropout.job.augment.RecordSelection.By;
import org.mydropout.job.augment.RecordSelection.SampleConfig;
import org.mydropout.job.augment.RecordSelection.SplitConfig;
import org.mydropout.job.config.SelectionOptions.SplitTo;
import org.mydropout.job.text.CsvDialect;
import org.mydropout.kernel.layer.Split;

/** Reads which records a job takes, and into which parts it splits them. */
final class SelectionReader {

    private static final String SHARES =
            "parts with shares above 0 that add up to 1, such as {train: 0.8, test: 0.2}";

    /** As the name of a directory, which is not hidden, and in every format. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    private final OptionReader options;

    SelectionReader(OptionReader options) {
        this.options = options;
    }

    /** Whether anything of a sample or a split is set, so that a job needs no layer. */
    static boolean isSet(OptionReader options) {
        return options.isSet(SelectionOptions.SAMPLE_FRACTION)
                || options.isSet(SelectionOptions.SPLIT_INTO);
    }

    /** Whether each part is written to a place of its own, as far as can be read. */
    boolean hasPlaces() {
        return options.isSet(SelectionOptions.SPLIT_INTO)
                && options.readable(SelectionOptions.SPLIT_TO).equals(Optional.of(SplitTo.SINKS));
    }

    /** Whether each record says its part in a field, as far as can be read. */
    boolean hasField() {
        return options.isSet(SelectionOptions.SPLIT_INTO)
                && options.readable(SelectionOptions.SPLIT_TO).equals(Optional.of(SplitTo.FIELD));
    }

    /** The shares of the parts, in order; empty if they are not set or cannot be read. */
    Optional<Map<String, Double>> shares() {
        String text = options.toMap().get(SelectionOptions.SPLIT_INTO.key());
        if (text == null) {
            return Optional.empty();
        }
        Map<String, Double> shares = new LinkedHashMap<>();
        try {
            Map<?, ?> map = YamlParserUtils.convertToObject(text, Map.class);
            map.forEach(
                    (name, share) ->
                            shares.put(
                                    String.valueOf(name), Double.valueOf(String.valueOf(share))));
        } catch (RuntimeException e) { // anything the parser throws is about the text
            return Optional.empty();
        }
        return Optional.of(shares);
    }

    /**
     * The selection; empty where every record is taken and there are no parts, or if it cannot be
     * read.
     *
     * @param dropout empty if that cannot be read
     * @param dialect of the rows of CSV; empty: lines are JSON
     */
    Optional<RecordSelection> selection(
            Optional<DropoutConfig> dropout, Optional<CsvDialect> dialect) {
        Optional<SampleConfig> sample = sample(dropout);
        Optional<SplitConfig> split = split(dropout);
        return dropout.filter(config -> sample.isPresent() || split.isPresent())
                .map(
                        config ->
                                new RecordSelection(
                                        config,
                                        sample.orElse(null),
                                        split.orElse(null),
                                        dialect.orElse(null)));
    }

    private Optional<SampleConfig> sample(Optional<DropoutConfig> dropout) {
        if (!options.isSet(SelectionOptions.SAMPLE_FRACTION)
                && !options.isSet(SelectionOptions.SAMPLE_BY)) {
            return Optional.empty();
        }
        Optional<Double> fraction =
                options.required(
                        SelectionOptions.SAMPLE_FRACTION,
                        "a number from 0 to 1",
                        value -> value >= 0 && value <= 1);
        Optional<By> by = by(SelectionOptions.SAMPLE_BY, dropout);
        return fraction.isPresent() && by.isPresent()
                ? Optional.of(new SampleConfig(fraction.get(), by.get()))
                : Optional.empty();
    }

    private Optional<SplitConfig> split(Optional<DropoutConfig> dropout) {
        if (!options.isSet(SelectionOptions.SPLIT_INTO)
                && !options.isSet(SelectionOptions.SPLIT_BY)
                && !options.isSet(SelectionOptions.SPLIT_TO)) {
            return Optional.empty();
        }
        if (!options.isSet(SelectionOptions.SPLIT_INTO)) {
            options.problem("split.into must be set to %s.".formatted(SHARES));
            return Optional.empty();
        }
        Optional<Map<String, Double>> shares = shares().filter(this::areShares);
        if (shares.isEmpty()) {
            options.mustBe(
                    SelectionOptions.SPLIT_INTO,
                    SHARES,
                    "'" + options.toMap().get(SelectionOptions.SPLIT_INTO.key()) + "'");
        }
        Optional<By> by = by(SelectionOptions.SPLIT_BY, dropout);
        Optional<SplitTo> to = options.oneOf(SelectionOptions.SPLIT_TO);
        if (shares.isEmpty() || by.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SplitConfig(shares.get(), by.get(), to.get() == SplitTo.FIELD));
    }

    private boolean areShares(Map<String, Double> shares) {
        for (String name : shares.keySet()) {
            if (!NAME.matcher(name).matches()) {
                options.problem(
                        "The parts of split.into must have names of letters, digits, '_', '.' and '-', the first a letter or digit, but one is '%s'."
                                .formatted(name));
            }
        }
        return Split.areShares(shares.values());
    }

    /** A counted step is not known where records are selected. */
    private Optional<By> by(ConfigOption<By> option, Optional<DropoutConfig> dropout) {
        Optional<By> by = options.oneOf(option);
        if (by.equals(Optional.of(By.RECORD))
                && dropout.filter(config -> config.stepFrom() == StepSource.COUNTER).isPresent()) {
            options.mustBe(option, "id where the step comes from the counter", by.get());
        }
        return by;
    }
}
