package org.mydropout.job.init;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobOptions;
import org.mydropout.job.connector.CsvOptions;
import org.mydropout.job.text.ColumnRange;
import org.mydropout.job.text.CsvDialect;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.FeaturesEncoding;
import org.mydropout.job.text.LineFields.Kind;

/**
 * Finds the columns of CSV that may hold the vector: cells of several numbers, base64, and columns
 * of one number each.
 */
final class CsvVectorFinder implements VectorFinder {

    /** Without ':' and '/', which stand in times and dates. */
    private static final List<Character> ARRAY_DELIMITERS = List.of(';', '|', ' ', ',');

    private final JobDraft draft;
    private final Sample sample;
    private final CsvHeader header;
    private final NumberColumns columns;
    private final List<String> problems = new ArrayList<>();

    CsvVectorFinder(JobDraft draft, Sample sample) {
        this.draft = draft;
        this.sample = sample;
        this.header = sample.header().orElseThrow();
        this.columns = new NumberColumns(sample, header.columns());
    }

    @Override
    public List<VectorGuess> all() throws InvalidJobException {
        List<VectorGuess> found = new ArrayList<>();
        for (String column : header.columns()) {
            cell(column).ifPresent(found::add);
        }
        for (NumberColumns.Range range : columns.numbered()) {
            range(range).ifPresent(found::add);
        }
        if (found.isEmpty()) {
            for (NumberColumns.Range range : columns.sideBySide()) {
                range(range).ifPresent(found::add);
            }
        }
        return found;
    }

    @Override
    public List<VectorGuess> of(String field) throws InvalidJobException {
        if (header.columns().contains(field)) {
            return cell(field).map(List::of).orElse(List.of());
        }
        Optional<String> problem = ColumnRange.problem(field, header.columns());
        if (problem.isPresent()) {
            throw new InvalidJobException(
                    List.of(
                            "The header of %s must name %s."
                                    .formatted(sample.place(), problem.get())));
        }
        return range(new NumberColumns.Range(field, field, "")).map(List::of).orElse(List.of());
    }

    private Optional<VectorGuess> range(NumberColumns.Range range) {
        VectorTrial trial =
                VectorTrial.of(sample, range.field(), FeaturesEncoding.ARRAY, sample.header());
        return sample.isMost(trial.decoded())
                ? Optional.of(
                        new VectorGuess(
                                range.field(),
                                range.name(),
                                FeaturesEncoding.ARRAY,
                                CsvDialect.DEFAULT.arrayDelimiter(),
                                trial,
                                range.comment()))
                : Optional.empty();
    }

    /** The vector of one cell: in brackets, between delimiters or in base64. */
    private Optional<VectorGuess> cell(String column) throws InvalidJobException {
        if (!sample.isMostly(column, Set.of(Kind.TEXT))) {
            return Optional.empty();
        }
        Optional<String> given = draft.given(CsvOptions.ARRAY_ELEMENT_DELIMITER);
        for (char delimiter : ARRAY_DELIMITERS) {
            if (given.isEmpty() || given.get().equals(String.valueOf(delimiter))) {
                CsvDialect dialect =
                        new CsvDialect(
                                header.dialect().delimiter(), header.dialect().quote(), delimiter);
                VectorTrial trial =
                        VectorTrial.of(
                                sample,
                                column,
                                FeaturesEncoding.ARRAY,
                                Optional.of(
                                        new CsvHeader(header.line(), header.columns(), dialect)));
                boolean mayBeDecimalComma =
                        given.isEmpty() && delimiter == ',' && trial.longest() == 2;
                if (sample.isMost(trial.decoded()) && mayBeDecimalComma) {
                    problems.add(
                            "the cells of %s hold a decimal comma, for which a point is needed, or two numbers, which -D%s=, reads"
                                    .formatted(
                                            FieldNames.quoted(column),
                                            CsvOptions.ARRAY_ELEMENT_DELIMITER.key()));
                } else if (sample.isMost(trial.decoded()) && trial.longest() > 1) {
                    return Optional.of(
                            new VectorGuess(
                                    column,
                                    column,
                                    FeaturesEncoding.ARRAY,
                                    delimiter,
                                    trial,
                                    "Its cells hold several numbers in %d of %d records."
                                            .formatted(trial.decoded(), sample.lines().size())));
                }
            }
        }
        return Base64Guess.of(draft, sample, column);
    }

    @Override
    public String nothingFound(Optional<String> given) {
        problems.addAll(columns.problems());
        return "%s must name a column with several numbers in each cell, or columns side by side with one number each, as %s, but in %s %s%s; the columns are %s."
                .formatted(
                        JobOptions.SOURCE_FIELD_FEATURES.key(),
                        "pixel1..pixel784",
                        sample.place(),
                        given.map(field -> FieldNames.quoted(field) + " is neither")
                                .orElse("nothing looks like it"),
                        problems.isEmpty() ? "" : ": " + String.join("; ", problems),
                        FieldNames.list(header.columns()));
    }
}
