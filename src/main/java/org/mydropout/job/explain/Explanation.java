package org.mydropout.job.explain;

import java.util.List;
import java.util.Optional;
import org.mydropout.job.text.ElementType;
import org.mydropout.kernel.layer.Shape;

/**
 * The draws for a record, and their effect.
 *
 * @param id a String, or a Long for an integer id: an unsigned 64-bit integer
 * @param step an unsigned 64-bit integer
 * @param options the options that change bits, as {@code key=value}
 * @param seed the seed of the base key
 * @param image height, width and channels, if the vector is shown as an image
 * @param size the number of elements before the first layer; empty if unknown: then the layers of
 *     the trace have keys, but no draws
 * @param type of the vectors' elements
 * @param before the vector before the first layer, if known
 * @param after the vector after the last layer, if known
 * @param trace the effect of each layer, see {@link RecordTrace#of} for an unknown vector
 * @param notes sentences on the origin of the vector and whether it is correct
 * @param isContradicted whether a written vector differs from the one of its provenance
 * @param python the lines of the Python program that gives the same vector; none if the size is
 *     unknown
 */
public record Explanation(
        Object id,
        long step,
        List<String> options,
        long seed,
        Optional<Shape> image,
        Optional<Integer> size,
        ElementType type,
        Optional<double[]> before,
        Optional<double[]> after,
        RecordTrace trace,
        List<String> notes,
        boolean isContradicted,
        List<String> python) {

    /** The id as text. */
    public String idText() {
        return id instanceof Long number ? Long.toUnsignedString(number) : (String) id;
    }
}
