package org.mydropout.job.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mydropout.job.text.ElementType;
import org.mydropout.job.text.TextRecord;
import org.mydropout.kernel.layer.Shape;

/** Writes vectors as Python lists, nested as those of a record are. */
final class VectorLiteral {

    private VectorLiteral() {}

    /** The vector of a record. */
    static String of(TextRecord record, ElementType type) {
        double[] values = record.doubles();
        int[] shape = record.shape();
        return list(values, 0, shape == null ? new int[] {values.length} : shape, 0, type);
    }

    /** A vector of ones. */
    static String ones(Shape shape) {
        String ones = "1.0";
        for (int i = shape.rank() - 1; i >= 0; i--) {
            ones = "[%s] * %d".formatted(ones, shape.dimension(i));
        }
        return ones;
    }

    /** The list of a depth whose first number has the index. */
    private static String list(
            double[] values, int start, int[] shape, int depth, ElementType type) {
        List<String> items = new ArrayList<>();
        int size = Arrays.stream(shape, depth + 1, shape.length).reduce(1, (a, b) -> a * b);
        for (int i = 0; i < shape[depth]; i++) {
            int at = start + i * size;
            items.add(
                    depth == shape.length - 1
                            ? number(values[at], type)
                            : list(values, at, shape, depth + 1, type));
        }
        return items.toString();
    }

    private static String number(double value, ElementType type) {
        return Double.isFinite(value) ? type.text(value) : "float(\"%s\")".formatted(value);
    }
}
