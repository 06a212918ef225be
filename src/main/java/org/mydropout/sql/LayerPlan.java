package org.mydropout.sql;

import java.io.Serializable;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.annotation.Internal;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.LayerParameter;
import org.mydropout.kernel.layer.Shape;

/**
 * The layers of a call, checked. A reference set is known by its file and checksum, so that what a
 * planner read is what tasks read.
 *
 * @param dimensions the option {@code shape}; null if it is not given
 */
@Internal
record LayerPlan(DropoutConfig config, @Nullable String dimensions) implements Serializable {

    static final String SHAPE = "shape";

    /** What applies the layers; its shape is empty where the features have it. */
    record Chain(KeyedTransform transform, Optional<Shape> shape) {}

    /**
     * Makes the layers.
     *
     * @throws IllegalArgumentException if they do not fit the shape, or a file has changed
     */
    Chain chain() {
        KeyedTransform transform = config.transform();
        Optional<Shape> shape = Optional.ofNullable(dimensions).map(LayerPlan::shape);
        shape.ifPresent(transform::effect);
        return new Chain(transform, shape);
    }

    private static Shape shape(String text) {
        LayerParameter dimensions =
                LayerParameter.dimensions(SHAPE, null, "The shape of the features.");
        return Shape.of(LayerParameter.dimensions(dimensions.parse(text)));
    }
}
