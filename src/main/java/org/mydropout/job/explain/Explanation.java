package org.mydropout.job.explain;

import java.util.List;
import java.util.Optional;
import org.mydropout.kernel.layer.Shape;

/**
 * What was drawn for a record, and what came of it.
 *
 * @param id a String, or a Long for an integer id: an unsigned 64-bit integer
 * @param step an unsigned 64-bit integer
 * @param options the options that change bits, as {@code key=value}
 * @param seed of the base key
 * @param image height, width and channels, where the vector is shown as an image
 * @param size the number of elements before the first layer
 * @param before the vector before the first layer, where it is known
 * @param after the vector after the last layer, where it is known
 * @param trace what each layer did; to zeros where the vector is not known
 * @param notes sentences on where the vector comes from and whether it is as it should be
 * @param isContradicted whether a written vector is not what its provenance gives
 * @param python the program that gives the same, its lines
 */
public record Explanation(
        Object id,
        long step,
        List<String> options,
        long seed,
        Optional<Shape> image,
        int size,
        Optional<float[]> before,
        Optional<float[]> after,
        RecordTrace trace,
        List<String> notes,
        boolean isContradicted,
        List<String> python) {

    /** The id as a person writes it. */
    public String idText() {
        return id instanceof Long number ? Long.toUnsignedString(number) : (String) id;
    }
}
