package org.mydropout.kernel.flax;

import java.util.Locale;

/**
 * The type of a record's id. It decides which words of the id are folded into the key.
 *
 * <p>A job uses one id type, because ids of two types could give the same key.
 */
public enum IdType {
    /** An integer from 0 to 2^32-1, one word. Anything else is refused, as JAX's fold_in does. */
    UINT32,
    /**
     * Any 64-bit integer, two words: high and low half of the two's complement. An unsigned value
     * above 2^63-1 is given as the negative long of the same bits.
     */
    UINT64,
    /**
     * Any string that has a UTF-8 form, including the empty string. It has two words: bytes 0-3 and
     * 4-7, big-endian, of the SHA-256 of its UTF-8 bytes.
     */
    STRING;

    /** The option value, such as {@code uint32}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
