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
    static final int BYTES = 21;

    private static final int FRACTION_BITS = 23;
    private static final int FRACTION = (1 << FRACTION_BITS) - 1;
    private static final int EXPONENT_BIAS = 127;

    /**
     * The decimal places that are written before zeros are cut off: a multiple of four. A value
     * from 0.001 has at most ten.
     */
    private static final int PLACES = 12;

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
        10_000_000_000L,
        100_000_000_000L,
        1_000_000_000_000L
    };

    /** A constant, so that C2 multiplies in place of dividing. */
    private static final long EIGHT_DIGITS = 100_000_000L;

    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ZEROS = 0x3030_3030_3030_3030L;

    /** The four decimal digits of each number, one per byte, the first in the lowest byte. */
    private static final int[] FOUR_DIGITS = fourDigits();

    private ShortestDecimal() {}

    private static int[] fourDigits() {
        int[] digits = new int[10_000];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (i / 1_000) | (i / 100 % 10 << 8) | (i / 10 % 10 << 16) | (i % 10 << 24);
        }
        return digits;
    }

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
        long tens = below - (int) below % 10; // 32 bits, as it has at most nine digits
        long tensFit = signMask(value - (tens << shift) - unit);
        long nextTensFit = signMask(((tens + 10) << shift) - value - unit);
        long beyondMiddle = 2 * (value - (below << shift)) - (1L << shift);
        long nearest = below - signMask(-(beyondMiddle + (below & 1)));
        long orNextTens = nearest ^ ((nearest ^ (tens + 10)) & nextTensFit);
        return orNextTens ^ ((orNextTens ^ tens) & tensFit);
    }

    /** All bits of a negative number, none of another: a branch would be mispredicted often. */
    private static long signMask(long number) {
        return number >> (Long.SIZE - 1);
    }

    /**
     * Writes digits with a point and without trailing zeros, but at least one digit after the
     * point.
     *
     * @param whole the digits before the point
     */
    private static int write(long digits, int places, int whole, byte[] bytes, int start) {
        int at = start + 1;
        if (whole < 10) {
            bytes[start] = (byte) ('0' + whole);
        } else {
            at = writeWhole(whole, bytes, start);
        }
        bytes[at++] = '.';
        long fraction = (digits - whole * POWERS_OF_TEN[places]) * POWERS_OF_TEN[PLACES - places];
        int first = FOUR_DIGITS[(int) (fraction / EIGHT_DIGITS)];
        int rest = (int) (fraction % EIGHT_DIGITS);
        long others =
                FOUR_DIGITS[rest / 10_000] | (long) FOUR_DIGITS[rest % 10_000] << Integer.SIZE;
        INTS.set(bytes, at, first | (int) ZEROS);
        LONGS.set(bytes, at + Integer.BYTES, others | ZEROS);
        int zeros =
                others == 0
                        ? Long.BYTES + (Integer.numberOfLeadingZeros(first | 1) >>> 3)
                        : Long.numberOfLeadingZeros(others) >>> 3;
        return at + PLACES - zeros;
    }

    /** Returns the index after the last digit. */
    private static int writeWhole(int whole, byte[] bytes, int start) {
        int end = start + 1;
        for (int above = 10; above <= whole; above *= 10) {
            end++;
        }
        int rest = whole;
        for (int i = end - 1; i >= start; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return end;
    }
}
