package org.mydropout.kernel.layer;

import org.mydropout.kernel.random.PrngKey;

/**
 * A layer that keeps or drops each element, by a uniform draw that is compared with a threshold.
 */
public interface MaskingLayer extends Layer {

    /** The exact probability of an element to be kept, see {@link MaskDraws#keepProbability}. */
    double keepProbability();

    /**
     * What {@link #apply} draws and compares, one number for each element. For looking at a mask:
     * applying the layer never makes such an array.
     *
     * @param key as {@link #apply} has it
     * @param shape of the input
     */
    MaskDraws draws(PrngKey key, Shape shape);
}
