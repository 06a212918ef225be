package org.mydropout.job.init;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobOptions;
import org.mydropout.job.connector.CsvOptions;
import org.mydropout.job.text.CsvDialect;
import org.mydropout.job.text.FeaturesEncoding;

/**
 * Where the vector of a record is.
 *
 * @param field the field, or a range of columns
 * @param name the name to judge it by: without the numbers of a range
 * @param encoding how the field holds the vector
 * @param arrayDelimiter the character between two numbers of a cell; the default where it does not
 *     matter
 * @param trial what the job's decoder found there
 * @param comment why it is the vector
 */
record VectorGuess(
        String field,
        String name,
        FeaturesEncoding encoding,
        char arrayDelimiter,
        VectorTrial trial,
        String comment) {

    private static final Comparator<VectorGuess> BEST_FIRST =
            Comparator.<VectorGuess>comparingInt(
                            guess -> FieldNames.rank(guess.name(), FieldNames.VECTORS))
                    .thenComparing(
                            Comparator.<VectorGuess>comparingInt(guess -> guess.trial().longest())
                                    .reversed());

    /**
     * Adds the options of the vector to a draft.
     *
     * @throws InvalidJobException if no field, or more than one, may be the vector
     */
    static VectorGuess add(JobDraft draft, Sample sample) throws InvalidJobException {
        VectorGuess guess = find(draft, sample);
        draft.guess(JobOptions.SOURCE_FIELD_FEATURES, guess.field(), guess.comment());
        if (guess.encoding() != FeaturesEncoding.ARRAY) {
            draft.guess(
                    JobOptions.SOURCE_FEATURES_ENCODING,
                    guess.encoding(),
                    "In this byte order the elements are of a usual size, in the other they are not.");
        }
        if (guess.arrayDelimiter() != CsvDialect.DEFAULT.arrayDelimiter()) {
            draft.guess(
                    CsvOptions.ARRAY_ELEMENT_DELIMITER,
                    guess.arrayDelimiter(),
                    "It stands between the numbers of a cell.");
        }
        guess.trial()
                .image()
                .ifPresent(
                        shape ->
                                draft.guess(
                                        JobOptions.SOURCE_SHAPE,
                                        shape,
                                        "An image: no element is negative, and %d is %s."
                                                .formatted(
                                                        guess.trial().longest(),
                                                        shape.toString().replace("x", " x "))));
        return guess;
    }

    private static VectorGuess find(JobDraft draft, Sample sample) throws InvalidJobException {
        VectorFinder finder =
                sample.header().isPresent()
                        ? new CsvVectorFinder(draft, sample)
                        : new JsonVectorFinder(draft, sample);
        Optional<String> given = draft.given(JobOptions.SOURCE_FIELD_FEATURES);
        List<VectorGuess> found =
                (given.isPresent() ? finder.of(given.get()) : finder.all())
                        .stream().sorted(BEST_FIRST).toList();
        if (found.isEmpty()) {
            throw new InvalidJobException(List.of(finder.nothingFound(given)));
        }
        if (found.size() > 1 && BEST_FIRST.compare(found.get(0), found.get(1)) == 0) {
            throw new InvalidJobException(
                    List.of(
                            "%s must be given, since several fields of %s may hold the vector: %s."
                                    .formatted(
                                            JobOptions.SOURCE_FIELD_FEATURES.key(),
                                            sample.place(),
                                            FieldNames.list(
                                                    found.stream()
                                                            .map(VectorGuess::field)
                                                            .toList()))));
        }
        return found.get(0);
    }

    /** The number of elements in words. */
    String elements() {
        return trial.shortest() == trial.longest()
                ? String.format(Locale.ROOT, "%,d elements", trial.longest())
                : String.format(
                        Locale.ROOT, "%,d to %,d elements", trial.shortest(), trial.longest());
    }
}
