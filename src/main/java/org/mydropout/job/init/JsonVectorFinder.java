package org.mydropout.job.init;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.text.CsvDialect;
import org.mydropout.job.text.FeaturesEncoding;
import org.mydropout.job.text.LineFields.Kind;

/** Finds the fields of JSON objects that may hold the vector: arrays of numbers, and base64. */
final class JsonVectorFinder implements VectorFinder {

    private final JobDraft draft;
    private final Sample sample;

    JsonVectorFinder(JobDraft draft, Sample sample) {
        this.draft = draft;
        this.sample = sample;
    }

    @Override
    public List<VectorGuess> all() throws InvalidJobException {
        List<VectorGuess> found = new ArrayList<>();
        for (String field : sample.fields()) {
            if (sample.isMostly(field, Set.of(Kind.NUMBERS))) {
                array(field).ifPresent(found::add);
            }
        }
        boolean isNamed =
                found.stream()
                        .anyMatch(guess -> FieldNames.isUsual(guess.name(), FieldNames.VECTORS));
        if (!isNamed) {
            for (String field : sample.fields()) {
                base64(field).ifPresent(found::add);
            }
        }
        return found;
    }

    @Override
    public List<VectorGuess> of(String field) throws InvalidJobException {
        Optional<VectorGuess> array = array(field);
        return (array.isPresent() ? array : base64(field)).stream().toList();
    }

    private Optional<VectorGuess> array(String field) {
        VectorTrial trial = VectorTrial.of(sample, field, FeaturesEncoding.ARRAY, Optional.empty());
        return sample.isMost(trial.decoded()) && trial.longest() > 0
                ? Optional.of(
                        new VectorGuess(
                                field,
                                field,
                                FeaturesEncoding.ARRAY,
                                CsvDialect.DEFAULT.arrayDelimiter(),
                                trial,
                                "It is an array of numbers in %d of %d records."
                                        .formatted(trial.decoded(), sample.lines().size())))
                : Optional.empty();
    }

    private Optional<VectorGuess> base64(String field) throws InvalidJobException {
        return sample.isMostly(field, Set.of(Kind.TEXT))
                ? Base64Guess.of(draft, sample, field)
                : Optional.empty();
    }

    @Override
    public String nothingFound(Optional<String> given) {
        return "A field of %s must be an array of numbers of equal nesting, or a base64 text, in nearly all records, but %s; the fields are %s."
                .formatted(
                        sample.place(),
                        given.map(field -> FieldNames.quoted(field) + " is not").orElse("none is"),
                        FieldNames.list(sample.fields()));
    }
}
