package org.mydropout.kernel.layer;

/**
 * What layers make of an array of another type than float32. Its shape is that of the input.
 *
 * @param values the elements in row-major order, as doubles, which represent them exactly
 * @param dropped as in {@link LayerOutput}
 */
@SuppressWarnings("ArrayRecordComponent")
public record TypedOutput(double[] values, long dropped) {}
