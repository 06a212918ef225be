package org.mydropout.job;

import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.explain.ImageShape;
import org.mydropout.kernel.layer.Shape;

/** The value of {@code --shape}. */
final class ImageOption {

    private ImageOption() {}

    /**
     * Reads it.
     *
     * @return height, width and channels; empty if the option is not given
     * @throws InvalidJobException if the text is not a shape
     */
    static Optional<Shape> of(@Nullable String shape) throws InvalidJobException {
        if (shape == null) {
            return Optional.empty();
        }
        Optional<Shape> image = ImageShape.of(shape);
        if (image.isEmpty()) {
            throw new InvalidJobException(
                    List.of(
                            "--shape must be HEIGHTxWIDTH or HEIGHTxWIDTHxCHANNELS with 1 or 3"
                                    + " channels, such as 28x28, but is '%s'.".formatted(shape)));
        }
        return image;
    }
}
