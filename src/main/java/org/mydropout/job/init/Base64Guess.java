package org.mydropout.job.init;

import java.util.List;
import java.util.Optional;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobOptions;
import org.mydropout.job.text.CsvDialect;
import org.mydropout.job.text.FeaturesEncoding;

/** Finds out whether a text is a vector in base64, and in which byte order. */
final class Base64Guess {

    /** The least share of usual elements in the right byte order. */
    private static final double RIGHT = 0.95;

    /** The greatest share of usual elements in the wrong byte order, where about 1 in 6 is. */
    private static final double WRONG = 0.8;

    /** Texts of fewer elements may look like base64 by chance. */
    private static final int LEAST_ELEMENTS = 2;

    private Base64Guess() {}

    /**
     * The vector of a field; empty if it is not base64.
     *
     * @throws InvalidJobException if it is, but the byte order cannot be told
     */
    static Optional<VectorGuess> of(JobDraft draft, Sample sample, String field)
            throws InvalidJobException {
        VectorTrial little =
                VectorTrial.of(sample, field, FeaturesEncoding.BASE64_LE, sample.header());
        if (!sample.isMost(little.decoded()) || little.shortest() < LEAST_ELEMENTS) {
            return Optional.empty();
        }
        VectorTrial big =
                VectorTrial.of(sample, field, FeaturesEncoding.BASE64_BE, sample.header());
        Optional<String> given = draft.given(JobOptions.SOURCE_FEATURES_ENCODING);
        boolean isLittle = little.usual() >= RIGHT && big.usual() < WRONG;
        boolean isBig = big.usual() >= RIGHT && little.usual() < WRONG;
        if (given.isEmpty() && !isLittle && !isBig) {
            if (little.usual() < WRONG && big.usual() < WRONG) {
                return Optional.empty(); // a text that is base64 by chance
            }
            throw new InvalidJobException(
                    List.of(
                            "%s must be given, base64-le or base64-be: the elements of the field %s make sense in both byte orders."
                                    .formatted(
                                            JobOptions.SOURCE_FEATURES_ENCODING.key(),
                                            FieldNames.quoted(field))));
        }
        boolean takesBig = given.map(FeaturesEncoding.BASE64_BE.toString()::equals).orElse(isBig);
        return Optional.of(
                new VectorGuess(
                        field,
                        field,
                        takesBig ? FeaturesEncoding.BASE64_BE : FeaturesEncoding.BASE64_LE,
                        CsvDialect.DEFAULT.arrayDelimiter(),
                        takesBig ? big : little,
                        "Its texts are base64 of float32 values."));
    }
}
