package org.mydropout.job.config;

import static org.apache.flink.configuration.ConfigOptions.key;
import static org.mydropout.flink.OptionDescription.ofValues;
import static org.mydropout.flink.OptionDescription.value;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.mydropout.job.augment.RecordSelection.By;

/** The options of a job file that choose records, or split them into parts. */
public final class SelectionOptions {

    public static final ConfigOption<Double> SAMPLE_FRACTION =
            key("sample.fraction")
                    .doubleType()
                    .noDefaultValue()
                    .withDescription(
                            "The share of records that the job takes, from 0 to 1. A record is in"
                                    + " when its uniform draw is below the fraction, so that the sample"
                                    + " of 10 % lies inside that of 50 %. Without this option every"
                                    + " record is taken.");

    public static final ConfigOption<By> SAMPLE_BY =
            by("sample.by", "What of a record decides whether it is in the sample.");

    public static final ConfigOption<Map<String, String>> SPLIT_INTO =
            key("split.into")
                    .mapType()
                    .noDefaultValue()
                    .withDescription(
                            "The parts that records are split into, by name, with their shares, such"
                                    + " as {train: 0.8, test: 0.2}. The shares add up to 1. Each part"
                                    + " has a range of uniform draws, in the order given.");

    public static final ConfigOption<By> SPLIT_BY =
            by("split.by", "What of a record decides in which part it is.");

    public static final ConfigOption<SplitTo> SPLIT_TO =
            key("split.to")
                    .enumType(SplitTo.class)
                    .defaultValue(SplitTo.SINKS)
                    .withDescription(
                            ofValues(
                                    "Where a record says in which part it is.",
                                    value(
                                            SplitTo.SINKS,
                                            "each part is a directory of its own below sink.path."),
                                    value(
                                            SplitTo.FIELD,
                                            "each record gets the field split, in one sink.")));

    /** All options of this class. */
    public static final List<ConfigOption<?>> ALL =
            List.of(SAMPLE_FRACTION, SAMPLE_BY, SPLIT_INTO, SPLIT_BY, SPLIT_TO);

    private SelectionOptions() {}

    /** Where a record says in which part of a split it is. */
    public enum SplitTo {
        SINKS,
        FIELD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static ConfigOption<By> by(String key, String question) {
        return key(key).enumType(By.class)
                .defaultValue(By.ID)
                .withDescription(
                        ofValues(
                                question,
                                value(By.ID, "its id alone, whatever its step is."),
                                value(By.RECORD, "its id and its step.")));
    }
}
