package org.mydropout.kernel.flax;

import java.util.Locale;

/**
 * The type of a step. It decides the range of steps, and which words of a step are folded into the
 * key after the words of the id.
 *
 * <p>A job uses one step type, because steps of two types could give the same key.
 */
public enum StepType {
    /** An integer from 0 to 2^32-1, one word. Anything else is refused, as JAX's fold_in does. */
    UINT32(0xFFFF_FFFFL),
    /**
     * Any 64-bit integer, two words: high and low half of the two's complement. An unsigned value
     * above 2^63-1 is given as the negative long of the same bits, and steps compare as unsigned.
     */
    UINT64(0xFFFF_FFFF_FFFF_FFFFL);

    private final long max;

    StepType(long max) {
        this.max = max;
    }

    /** Returns the greatest step, as an unsigned 64-bit integer. */
    public long max() {
        return max;
    }

    /** Returns whether the step, read as an unsigned 64-bit integer, is one of this type. */
    public boolean contains(long step) {
        return Long.compareUnsigned(step, max) <= 0;
    }

    /** The option value, such as {@code uint32}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
