package org.mydropout.job.explain;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mydropout.kernel.layer.Shape;

/** The height, width and channels of an image. */
public final class ImageShape {

    private static final Pattern TEXT =
            Pattern.compile("([1-9]\\d{0,8})x([1-9]\\d{0,8})(?:x([13]))?");

    private ImageShape() {}

    /**
     * An array as an image.
     *
     * @return height, width and channels; empty if the array can be none
     */
    public static Optional<Shape> of(Shape array) {
        List<Integer> sizes = array.dimensions();
        if (sizes.size() < 2 || sizes.size() > 3) {
            return Optional.empty();
        }
        int channels = sizes.size() == 2 ? 1 : sizes.get(2);
        return channels == 1 || channels == 3
                ? Optional.of(Shape.of(sizes.get(0), sizes.get(1), channels))
                : Optional.empty();
    }

    /**
     * Reads a shape, such as {@code 28x28} or {@code 32x32x3}.
     *
     * @return height, width and channels; empty if the text is not a shape
     */
    public static Optional<Shape> of(String text) {
        Matcher shape = TEXT.matcher(text);
        if (!shape.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Shape.of(
                            Integer.parseInt(shape.group(1)),
                            Integer.parseInt(shape.group(2)),
                            shape.group(3) == null ? 1 : Integer.parseInt(shape.group(3))));
        } catch (IllegalArgumentException e) { // more elements than an array can have
            return Optional.empty();
        }
    }
}
