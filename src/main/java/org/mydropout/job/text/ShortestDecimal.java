package org.mydropout.job.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes a float32 as the shortest decimal whose nearest float32 it is, into bytes: the text of
 * Jackson's {@code NumberOutput.toString(value, true)}, which makes an object, an array and a
 * String of each value, in half its time.
 *
 * <p>Only +0.0 and magnitudes from 0.001 to 10<sup>7</sup>, which are written without an exponent.
 * A power of ten makes such a value and its neighbours whole numbers of 64 bits, so what Schubfach
 * does with rounded products and tables is exact here.
 */
final class ShortestDecimal {

    /** How many bytes from the given index on may be written to, at most. */
    static final int BYTES = 19;

    private static final int FRACTION_BITS = 23;
    private static final int FRACTION = (1 << FRACTION_BITS) - 1;
    private static final int EXPONENT_BIAS = 127;

    /** The most decimal places that a value of at least 0.001 has. */
    private static final int PLACES = 10;

    private static final long[] POWERS_OF_TEN = {
        1L,
        10L,
        100L,
        1_000L,
        10_000L,
        100_000L,
        1_000_000L,
        10_000_000L,
        100_000_000L,
        1_000_000_000L,
        10_000_000_000L
    };

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ZEROS = 0x3030_3030_3030_3030L;

    private ShortestDecimal() {}

    /**
     * Writes a value, and possibly over some bytes after it.
     *
     * @return the index after the text; {@code at} if the value must be written otherwise
     */
    static int write(float value, byte[] bytes, int at) {
        int bits = Float.floatToRawIntBits(value);
        if (bits == 0) {
            bytes[at] = '0';
            bytes[at + 1] = '.';
            bytes[at + 2] = '0';
            return at + 3;
        }
        float magnitude = Math.abs(value);
        if (!(magnitude >= 1e-3f && magnitude < 1e7f)) {
            return at;
        }
        int significand = (bits & FRACTION) | (FRACTION + 1);
        int scale = EXPONENT_BIAS + FRACTION_BITS - (bits >>> FRACTION_BITS & 0xFF);
        int places = ((scale * 1233) >> 12) + 1; // log10(2) is 0.30103
        bytes[at] = '-'; // which a digit replaces where there is no sign
        return write(
                shortest(significand, scale, POWERS_OF_TEN[places]),
                places,
                (int) magnitude, // as the decimal has it, for a whole number is its own float32
                bytes,
                at + (bits >>> 31));
    }

    /**
     * The shortest decimal that rounds to significand / 2^scale, times {@code unit}. Of several it
     * is the nearest, and the even one of two as near.
     *
     * <p>A multiple of ten units that rounds to the value is one digit shorter. None is as far as
     * the middle between the value and a neighbour, which has more factors of two; and a power of
     * two, whose neighbour below is nearer, is itself such a multiple.
     *
     * @param unit the smallest power of ten above 2^scale
     */
    private static long shortest(int significand, int scale, long unit) {
        int shift = scale + 1;
        long value = 2L * significand * unit; // as all below, times 2^shift
        long below = value >>> shift;
        long tens = below / 10 * 10;
        boolean tensFit = value - (tens << shift) < unit;
        boolean nextTensFit = ((tens + 10) << shift) - value < unit;
        long beyondMiddle = 2 * (value - (below << shift)) - (1L << shift);
        long nearest = below + (beyondMiddle + (below & 1) > 0 ? 1 : 0);
        return tensFit ? tens : nextTensFit ? tens + 10 : nearest;
    }

    /**
     * Writes digits with a point, and without the zeros at the end except one after the point.
     *
     * @param whole what stands before the point
     */
    private static int write(long digits, int places, int whole, byte[] bytes, int start) {
        int at = start + 1;
        for (int above = 10; above <= whole; above *= 10) {
            at++;
        }
        int rest = whole;
        for (int i = at - 1; i >= start; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        bytes[at++] = '.';
        long fraction = (digits - whole * POWERS_OF_TEN[places]) * POWERS_OF_TEN[PLACES - places];
        int two = (int) (fraction / POWERS_OF_TEN[8]);
        long eight = digits((int) (fraction % POWERS_OF_TEN[8]));
        bytes[at] = (byte) ('0' + two / 10);
        bytes[at + 1] = (byte) ('0' + two % 10);
        LONGS.set(bytes, at + 2, eight | ZEROS);
        if (eight != 0) {
            return at + 2 + Long.BYTES - (Long.numberOfLeadingZeros(eight) >>> 3);
        }
        return two % 10 == 0 ? at + 1 : at + 2;
    }

    /** The eight decimal digits of a number in a byte each, the first in the lowest. */
    private static long digits(int number) {
        long fours = (number / 10_000) | ((long) (number % 10_000) << 32);
        long hundreds = ((fours * 10_486) >>> 20) & 0x0000_007F_0000_007FL; // by 100, up to 9,999
        long twos = hundreds | ((fours - 100 * hundreds) << 16);
        long tens = ((twos * 103) >>> 10) & 0x000F_000F_000F_000FL; // by 10, up to 99
        return tens | ((twos - 10 * tens) << 8);
    }
}
