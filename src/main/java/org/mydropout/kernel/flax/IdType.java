package org.mydropout.kernel.flax;

import java.util.Locale;

/**
 * What identifies a record, and which words of it are folded into the key.
 *
 * <p>One job uses one id type: two encodings in one key tree could meet.
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
     * Any string that has a UTF-8 form, the empty one too; two words: bytes 0-3 and 4-7,
     * big-endian, of the SHA-256 of its UTF-8 bytes.
     */
    STRING;

    /** The option value, such as {@code uint32}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
