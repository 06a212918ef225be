package org.mydropout.kernel.layer;

/**
 * What a layer, or several one after the other, made of an array.
 *
 * @param values the elements in row-major order
 * @param shape of the values
 * @param dropped how many elements masks have dropped: of each layer from 0 to its input's size,
 *     added up
 */
@SuppressWarnings("ArrayRecordComponent")
public record LayerOutput(float[] values, Shape shape, long dropped) {}
