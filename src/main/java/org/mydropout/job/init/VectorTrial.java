package org.mydropout.job.init;

import java.util.List;
import java.util.Optional;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.ElementType;
import org.mydropout.job.text.FeaturesEncoding;
import org.mydropout.job.text.IdSource;
import org.mydropout.job.text.RecordDecoder;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.RefusedLineException;
import org.mydropout.job.text.SourceRecord;
import org.mydropout.job.text.StepField;
import org.mydropout.job.text.TextRecord;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.layer.Shape;

/**
 * The vectors that the job's decoder finds in the sample under one guess.
 *
 * @param decoded the number of records with a vector
 * @param shortest the number of elements of the shortest vector
 * @param longest the number of elements of the longest vector
 * @param usual the share of elements that are 0 or whose size is from 1e-6 to 1e6, which few
 *     elements of the wrong byte order are
 * @param least the smallest element; infinity if there is none
 * @param nested whether vectors are nested arrays, which have a shape of their own
 */
record VectorTrial(
        int decoded, int shortest, int longest, double usual, float least, boolean nested) {

    private static final int SHORTEST_SIDE = 8;

    private static final double SMALL = 1e-6;
    private static final double LARGE = 1e6;

    /**
     * Decodes the sample.
     *
     * @param field the field of the vector, or a range of columns
     * @param header the header of CSV rows, with the dialect to try
     */
    static VectorTrial of(
            Sample sample, String field, FeaturesEncoding encoding, Optional<CsvHeader> header) {
        RecordDecoder decoder =
                RecordDecoder.of(schema(sample, field, encoding), header.orElse(null));
        int decoded = 0;
        int shortest = Integer.MAX_VALUE;
        int longest = 0;
        long elements = 0;
        long usual = 0;
        float least = Float.POSITIVE_INFINITY;
        boolean nested = false;
        for (SourceRecord line : sample.lines()) {
            Optional<TextRecord> record = decode(decoder, line);
            if (record.isPresent()) {
                float[] vector = record.get().vector().values();
                decoded++;
                nested |= record.get().shape() != null;
                shortest = Math.min(shortest, vector.length);
                longest = Math.max(longest, vector.length);
                elements += vector.length;
                for (float element : vector) {
                    usual += isUsual(element) ? 1 : 0;
                    least = Math.min(least, element);
                }
            }
        }
        return new VectorTrial(
                decoded,
                decoded == 0 ? 0 : shortest,
                longest,
                (double) usual / elements,
                least,
                nested);
    }

    /**
     * The vectors as square images of intensities, if they may be such: height, width and, where
     * there are several, channels.
     */
    Optional<Shape> image() {
        if (nested || !(least >= 0) || shortest != longest) {
            return Optional.empty();
        }
        for (int channels : new int[] {1, 3}) {
            int side = (int) Math.round(Math.sqrt((double) longest / channels));
            if (side >= SHORTEST_SIDE && side * side * channels == longest) {
                return Optional.of(
                        channels == 1 ? Shape.of(side, side) : Shape.of(side, side, channels));
            }
        }
        return Optional.empty();
    }

    private static boolean isUsual(float element) {
        return element == 0 || (Math.abs(element) >= SMALL && Math.abs(element) <= LARGE);
    }

    private static Optional<TextRecord> decode(RecordDecoder decoder, SourceRecord line) {
        try {
            return Optional.of(decoder.decode(line));
        } catch (RefusedLineException e) {
            return Optional.empty(); // counted by its absence
        }
    }

    /** A schema that reads nothing but the vector. */
    private static RecordSchema schema(Sample sample, String field, FeaturesEncoding encoding) {
        return new RecordSchema(
                FieldNames.free(sample.fields(), "id"),
                IdSource.HASH,
                IdType.STRING,
                FieldNames.free(sample.fields(), "step"),
                StepType.UINT32,
                StepField.SET,
                field,
                encoding,
                ElementType.FLOAT32,
                null,
                null,
                null,
                List.of(),
                "rng");
    }
}
