package org.mydropout.job.augment;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.text.CsvDialect;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.SourceRecord;
import org.mydropout.job.text.TextRecord;
import org.mydropout.kernel.layer.Sample;
import org.mydropout.kernel.layer.Split;

/** Which records a job takes, and which part of a split each is in, by its id or also its step. */
public final class RecordSelection implements Selection {
    private static final long serialVersionUID = 1L;

    /** What of a record decides. */
    public enum By {
        /** Its id: the step counts as 0. */
        ID,
        /** Its id and its step. */
        RECORD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A sample.
     *
     * @param fraction the share of records that are in it, from 0 to 1
     * @param by what of a record decides
     */
    public record SampleConfig(double fraction, By by) implements Serializable {}

    /**
     * A split.
     *
     * @param shares of the parts by name, in order, with the sum 1
     * @param by what of a record decides
     * @param inField whether a record says its part in a field; if not, each part is written to a
     *     place of its own
     */
    public record SplitConfig(Map<String, Double> shares, By by, boolean inField)
            implements Serializable {

        /** Copies the map, in its order. */
        public SplitConfig {
            shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
        }

        /** The names of the parts, in order. */
        public List<String> parts() {
            return List.copyOf(shares.keySet());
        }
    }

    private final DropoutConfig dropout;
    @Nullable private final SampleConfig sampleConfig;
    @Nullable private final SplitConfig splitConfig;
    @Nullable private final CsvDialect dialect;
    private transient Sample sample;
    private transient Split split;

    /**
     * A selection.
     *
     * @param dropout what the keys of records are derived with
     * @param sample null: every record is taken
     * @param split null: there are no parts
     * @param dialect of the rows of CSV; null: lines are JSON
     */
    public RecordSelection(
            DropoutConfig dropout,
            @Nullable SampleConfig sample,
            @Nullable SplitConfig split,
            @Nullable CsvDialect dialect) {
        this.dropout = dropout;
        this.sampleConfig = sample;
        this.splitConfig = split;
        this.dialect = dialect;
    }

    /** The sample, if only some records are taken. */
    public Optional<SampleConfig> sample() {
        return Optional.ofNullable(sampleConfig);
    }

    /** The split, if there are parts. */
    public Optional<SplitConfig> split() {
        return Optional.ofNullable(splitConfig);
    }

    /** Whether each part is written to a place of its own. */
    public boolean hasPlaces() {
        return splitConfig != null && !splitConfig.inField();
    }

    @Override
    public boolean looksAtStep() {
        return (sampleConfig != null && sampleConfig.by() == By.RECORD)
                || (splitConfig != null && splitConfig.by() == By.RECORD);
    }

    @Nullable
    @Override
    public TextRecord select(TextRecord record, SourceRecord line) {
        Object id = record.name() == null ? (Object) record.vector().id() : record.name();
        long step = dropout.step().orElse(record.vector().step());
        if (!isSampled(id, step)) {
            return null;
        }
        Optional<String> part = part(id, step);
        if (part.isEmpty()) {
            return record;
        }
        return splitConfig.inField()
                ? record.withField(RecordSchema.SPLIT_FIELD, part.get(), dialect)
                : record.inPart(part.get());
    }

    /**
     * Whether a record is in the sample; true where there is none.
     *
     * @param id a String, or a Long for an integer id
     */
    public boolean isSampled(Object id, long step) {
        if (sampleConfig == null) {
            return true;
        }
        if (sample == null) {
            sample = dropout.sample(sampleConfig.fraction());
        }
        long drawn = step(step, sampleConfig.by());
        return id instanceof String text
                ? sample.contains(text, drawn)
                : sample.contains((Long) id, drawn);
    }

    /**
     * The part of the split that a record is in; empty where there is none.
     *
     * @param id a String, or a Long for an integer id
     */
    public Optional<String> part(Object id, long step) {
        if (splitConfig == null) {
            return Optional.empty();
        }
        if (split == null) {
            split = dropout.split(splitConfig.shares());
        }
        long drawn = step(step, splitConfig.by());
        return Optional.of(
                id instanceof String text ? split.part(text, drawn) : split.part((Long) id, drawn));
    }

    private static long step(long step, By by) {
        return by == By.ID ? 0 : step;
    }
}
