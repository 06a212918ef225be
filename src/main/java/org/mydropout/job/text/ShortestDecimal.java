package org.mydropout.job.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes a float32 without an exponent in the fewest digits whose nearest float32 it is, with at
 * least one digit after the point. The text is that of Jackson's {@code
 * NumberOutput.toString(value, true)}, which creates an object, an array and a String per value and
 * takes twice the time.
 *
 * <p>It handles only +0.0 and magnitudes from 0.001 to 10<sup>7</sup>, which have no exponent.
 * Multiplied by a power of ten, such a value and its neighbours are 64-bit integers. So the
 * calculation is exact, where Schubfach needs rounded products and tables.
 */
final class ShortestDecimal {

    /** The most bytes from the given index on that may be overwritten. */
    static final int BYTES = 19;

    private static final int FRACTION_BITS = 23;
    private static final int FRACTION = (1 << FRACTION_BITS) - 1;
    private static final int EXPONENT_BIAS = 127;

    /** The most decimal places of a value from 0.001. */
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

    /** A constant, so that C2 multiplies in place of dividing. */
    private static final long EIGHT_DIGITS = 100_000_000L;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ZEROS = 0x3030_3030_3030_3030L;

    private ShortestDecimal() {}

    /**
     * Writes a value. May also overwrite some bytes after it.
     *
     * @return the index after the text; {@code at} if this class does not handle the value
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
        bytes[at] = '-'; // a digit overwrites it if there is no sign
        return write(
                shortest(significand, scale, POWERS_OF_TEN[places]),
                places,
                (int) magnitude, // exact, because the whole part is a float32
                bytes,
                at + (bits >>> 31));
    }

    /**
     * The shortest decimal that rounds to significand / 2^scale, times {@code unit}. Of several, it
     * is the nearest, and of two that are equally near, the even one.
     *
     * <p>A multiple of ten units that rounds to the value is one digit shorter. No multiple is
     * exactly in the middle between the value and a neighbour, because the middle has more factors
     * of two. The lower neighbour of a power of two is nearer, but a power of two is itself such a
     * multiple.
     *
     * @param unit the least power of ten above 2^scale
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
     * Writes digits with a point and without trailing zeros, but at least one digit after the
     * point.
     *
     * @param whole the digits before the point
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
        int two = (int) (fraction / EIGHT_DIGITS);
        long eight = digits((int) (fraction % EIGHT_DIGITS));
        bytes[at] = (byte) ('0' + two / 10);
        bytes[at + 1] = (byte) ('0' + two % 10);
        LONGS.set(bytes, at + 2, eight | ZEROS);
        if (eight != 0) {
            return at + 2 + Long.BYTES - (Long.numberOfLeadingZeros(eight) >>> 3);
        }
        return two % 10 == 0 ? at + 1 : at + 2;
    }

    /** The eight decimal digits of a number, one per byte, the first in the lowest byte. */
    private static long digits(int number) {
        long fours = (number / 10_000) | ((long) (number % 10_000) << 32);
        long hundreds =
                ((fours * 10_486) >>> 20)
                        & 0x0000_007F_0000_007FL; // divided by 100, exact up to 9,999
        long twos = hundreds | ((fours - 100 * hundreds) << 16);
        long tens = ((twos * 103) >>> 10) & 0x000F_000F_000F_000FL; // divided by 10, exact up to 99
        return tens | ((twos - 10 * tens) << 8);
    }
}
