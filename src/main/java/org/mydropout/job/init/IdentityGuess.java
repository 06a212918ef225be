package org.mydropout.job.init;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.mydropout.flink.RngOptions;
import org.mydropout.flink.StepSource;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobOptions;
import org.mydropout.job.text.ColumnRange;
import org.mydropout.job.text.IdSource;
import org.mydropout.job.text.LineFields.Kind;
import org.mydropout.job.text.LineFields.Value;
import org.mydropout.kernel.flax.IdType;

/** Guesses the id and the step, which together tell records apart. */
final class IdentityGuess {

    private static final BigInteger MAX_UINT32 = BigInteger.valueOf(0xFFFF_FFFFL);

    private static final BigInteger MAX_UINT64 =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private static final BigInteger MIN_INT64 = BigInteger.valueOf(Long.MIN_VALUE);

    private final JobDraft draft;
    private final Sample sample;
    private final List<String> fields;

    private IdentityGuess(JobDraft draft, Sample sample, List<String> fields) {
        this.draft = draft;
        this.sample = sample;
        this.fields = fields;
    }

    /**
     * Adds the options of the id and the step to a draft.
     *
     * @param vector the field or the range of columns of the vector
     * @throws InvalidJobException if a field is given that cannot be an id or a step
     */
    static void add(JobDraft draft, Sample sample, String vector) throws InvalidJobException {
        List<String> others =
                sample.fields().stream().filter(field -> !isOf(vector, field, sample)).toList();
        IdentityGuess guess = new IdentityGuess(draft, sample, others);
        Optional<String> step = guess.step();
        guess.addId(step);
        guess.addStep(step);
    }

    private static boolean isOf(String vector, String field, Sample sample) {
        return sample.header().isPresent()
                ? ColumnRange.of(vector, sample.header().get().columns())
                        .contains(sample.header().get().columns().indexOf(field))
                : vector.equals(field);
    }

    private Optional<String> step() {
        Optional<String> given = draft.given(JobOptions.SOURCE_FIELD_STEP);
        return fields.stream()
                .filter(
                        field ->
                                given.map(field::equals)
                                        .orElse(FieldNames.isUsual(field, FieldNames.STEPS)))
                .filter(field -> areWithin(field, BigInteger.ZERO, MAX_UINT32))
                .min(Comparator.comparingInt(field -> FieldNames.rank(field, FieldNames.STEPS)));
    }

    private boolean areWithin(String field, BigInteger least, BigInteger most) {
        return sample.isMostly(
                field,
                value ->
                        value.kind() == Kind.WHOLE_NUMBER
                                && new BigInteger(value.text()).compareTo(least) >= 0
                                && new BigInteger(value.text()).compareTo(most) <= 0);
    }

    /** Refuses a field that is given, but is not what it must be. */
    private void requireFound(ConfigOption<String> option, boolean isMade, String rule)
            throws InvalidJobException {
        Optional<String> given = draft.given(option);
        if (given.isPresent() && !isMade) {
            throw new InvalidJobException(
                    List.of(
                            "%s must name a field of %s, but %s is none; the fields are %s."
                                    .formatted(
                                            option.key(),
                                            rule,
                                            FieldNames.quoted(given.get()),
                                            FieldNames.list(fields))));
        }
    }

    private void addStep(Optional<String> step) throws InvalidJobException {
        if (step.isPresent()) {
            draft.guess(
                    JobOptions.SOURCE_FIELD_STEP,
                    step.get(),
                    "It is a whole number in nearly all of the first records. Another step draws another mask.");
            return;
        }
        boolean isMade =
                draft.given(RngOptions.STEP_FROM)
                        .filter(from -> !from.equals(StepSource.RECORD.toString()))
                        .isPresent();
        requireFound(JobOptions.SOURCE_FIELD_STEP, isMade, "whole numbers from 0 to 4294967295");
        draft.guess(
                RngOptions.STEP_FROM,
                StepSource.CONSTANT,
                "No field named %s holds whole numbers.".formatted(alternatives(FieldNames.STEPS)));
        draft.guess(
                RngOptions.STEP,
                0,
                "The step of all records. Run the job with 1, 2, … for more masks.");
        draft.guess(
                JobOptions.SOURCE_FIELD_STEP,
                FieldNames.free(sample.fields(), "step"),
                "The job adds the step in this field.");
    }

    private void addId(Optional<String> step) throws InvalidJobException {
        Optional<String> given = draft.given(JobOptions.SOURCE_FIELD_ID);
        boolean isMade =
                draft.given(JobOptions.SOURCE_ID_FROM)
                        .filter(from -> !from.equals(IdSource.FIELD.toString()))
                        .isPresent();
        Optional<String> id =
                fields.stream()
                        .filter(field -> !isMade)
                        .filter(field -> step.isEmpty() || !field.equals(step.get()))
                        .filter(
                                field ->
                                        given.map(field::equals)
                                                .orElse(
                                                        FieldNames.isUsual(field, FieldNames.IDS)
                                                                && tellsApart(field, step)))
                        .filter(field -> type(field).isPresent())
                        .min(
                                Comparator.comparingInt(
                                        field -> FieldNames.rank(field, FieldNames.IDS)));
        if (id.isPresent()) {
            addField(id.get(), step);
        } else {
            requireFound(JobOptions.SOURCE_FIELD_ID, isMade, "whole numbers or texts");
            addPosition(step);
        }
    }

    private void addField(String id, Optional<String> step) {
        draft.guess(
                JobOptions.SOURCE_FIELD_ID,
                id,
                "No two of the first %d records have the same%s."
                        .formatted(
                                sample.records().size(),
                                step.isPresent() ? " together with the step" : ""));
        IdType type = type(id).orElseThrow();
        draft.guess(
                RngOptions.ID_TYPE,
                type,
                switch (type) {
                    case UINT32 ->
                            "The greatest id of the first records is %s. From 4294967296 on, uint64 is needed; it draws other masks."
                                    .formatted(greatest(id));
                    case UINT64 -> "There are ids that are negative, or 4294967296 or more.";
                    case STRING -> "The ids are texts.";
                });
    }

    private BigInteger greatest(String field) {
        return sample.values(field).stream()
                .filter(value -> value.kind() == Kind.WHOLE_NUMBER)
                .map(value -> new BigInteger(value.text()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** The record's place is its id. */
    private void addPosition(Optional<String> step) {
        List<String> others =
                fields.stream()
                        .filter(field -> step.isEmpty() || !field.equals(step.get()))
                        .filter(field -> type(field).isPresent() && tellsApart(field, step))
                        .toList();
        draft.guess(
                JobOptions.SOURCE_ID_FROM,
                IdSource.POSITION,
                "No field named %s is a whole number or a text, and different in each of the first records. So the id is the record's place, such as data.csv:17.%s"
                        .formatted(
                                alternatives(FieldNames.IDS),
                                others.isEmpty()
                                        ? ""
                                        : " Different in each of the first records: %s."
                                                .formatted(FieldNames.list(others))));
        draft.guess(RngOptions.ID_TYPE, IdType.STRING, "Such an id is a text.");
        draft.guess(
                JobOptions.SOURCE_FIELD_ID,
                FieldNames.free(sample.fields(), "id"),
                "The job adds the id in this field.");
    }

    private static String alternatives(List<String> names) {
        return String.join(", ", names.subList(0, names.size() - 1))
                + " or "
                + names.get(names.size() - 1);
    }

    /** Whether no two records have the same value, or else different steps. */
    private boolean tellsApart(String field, Optional<String> step) {
        Set<List<String>> seen = new HashSet<>();
        return sample.records().stream()
                .filter(record -> record.containsKey(field))
                .allMatch(
                        record ->
                                seen.add(
                                        List.of(
                                                record.get(field).text(),
                                                step.map(record::get)
                                                        .map(Value::text)
                                                        .orElse(""))));
    }

    private Optional<IdType> type(String field) {
        if (areWithin(field, BigInteger.ZERO, MAX_UINT32) && !haveLeadingZeros(field)) {
            return Optional.of(IdType.UINT32);
        }
        if (areWithin(field, MIN_INT64, MAX_UINT64) && !haveLeadingZeros(field)) {
            return Optional.of(IdType.UINT64);
        }
        boolean areTexts =
                sample.header().isPresent()
                        ? sample.isMostly(field, Set.of(Kind.TEXT, Kind.WHOLE_NUMBER))
                        : sample.isMostly(field, Set.of(Kind.TEXT));
        return areTexts ? Optional.of(IdType.STRING) : Optional.empty();
    }

    private boolean haveLeadingZeros(String field) {
        return sample.values(field).stream().anyMatch(value -> value.text().matches("-?0[0-9]+"));
    }
}
