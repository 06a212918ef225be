package org.mydropout.kernel.layer;

import java.util.Optional;
import org.mydropout.kernel.random.PrngKey;

/** A layer that keeps or drops each element by comparing a uniform draw with a threshold. */
public interface MaskingLayer extends Layer {

    /** The exact keep probability, see {@link MaskDraws#keepProbability}. */
    double keepProbability();

    @Override
    default double expectedDropped(Shape shape) {
        return (1 - keepProbability()) * shape.size();
    }

    /**
     * The draws and the threshold of {@link #apply}. For inspecting a mask: {@code apply} itself
     * does not allocate such an array.
     *
     * @param key the key, as for {@link #apply}
     * @param shape the shape of the input
     */
    MaskDraws draws(PrngKey key, Shape shape);

    @Override
    default Optional<MaskDraws> mask(PrngKey key, Shape shape) {
        return isIdentity() ? Optional.empty() : Optional.of(draws(key, shape));
    }
}
