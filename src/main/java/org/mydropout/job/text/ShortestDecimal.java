package org.mydropout.job.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes a float32 without an exponent in the fewest digits whose nearest float32 it is, with at
 * least one digit after the point. The text is that of Jackson's {@code
 * NumberOutput.toString(value, true)}, which creates an object, an array and a String per value.
 *
 * <p>It handles only +0.0 and magnitudes from 0.001 to 10<sup>7</sup>, which have no exponent. Such
 * a value, times the power of ten that makes its shortest decimal an integer, has at most 48 bits.
 * So a double holds it exactly, where Schubfach needs rounded products and tables.
 *
 * <p>The signs, zeros and digits of a vector follow no pattern, so a processor would often
 * mispredict a branch for one of them. Below ten there is none.
 */
final class ShortestDecimal {

    /** The most bytes from the given index on that may be overwritten. */
    static final int BYTES = 19;

    private static final int FRACTION_BITS = 23;
    private static final int EXPONENT_BIAS = 127;
    private static final int EXPONENTS = 256;

    private static final int LEAST = Float.floatToRawIntBits(1e-3f);
    private static final int MOST = Float.floatToRawIntBits(Math.nextDown(1e7f));
    private static final int TEN = Float.floatToRawIntBits(10f);

    /** The decimal places that are written before zeros are cut off; a value from 0.001 has ten. */
    private static final int PLACES = 10;

    /**
     * For each exponent that is handled, the least power of ten whose product with an ulp exceeds
     * 1. The others have 0, which gives +0.0 its digit.
     */
    private static final double[] UNITS = new double[EXPONENTS];

    /** Half an ulp of each exponent, times the unit. */
    private static final double[] HALF_ULPS = new double[EXPONENTS];

    /** 10^{@link #PLACES} / the unit of each exponent. */
    private static final long[] FACTORS = new long[EXPONENTS];

    /** A constant, so that C2 multiplies in place of dividing. */
    private static final long EIGHT_DIGITS = 100_000_000L;

    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ZEROS = 0x3030_3030_3030_3030L;

    /** The four decimal digits of each number, one per byte, the first in the lowest byte. */
    private static final int[] FOUR_DIGITS = fourDigits();

    /** The texts from 0.00 to 9.99, the first character in the lowest byte. */
    private static final int[] HUNDREDTHS = hundredths();

    static {
        for (int exponent = LEAST >>> FRACTION_BITS;
                exponent <= MOST >>> FRACTION_BITS;
                exponent++) {
            double ulp = Math.scalb(1.0, exponent - EXPONENT_BIAS - FRACTION_BITS);
            double unit = 10;
            while (unit * ulp <= 1) {
                unit *= 10;
            }
            UNITS[exponent] = unit;
            HALF_ULPS[exponent] = unit * ulp / 2;
            FACTORS[exponent] = (long) (Math.pow(10, PLACES) / unit);
        }
    }

    private ShortestDecimal() {}

    private static int[] fourDigits() {
        int[] digits = new int[10_000];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (i / 1_000) | (i / 100 % 10 << 8) | (i / 10 % 10 << 16) | (i % 10 << 24);
        }
        return digits;
    }

    private static int[] hundredths() {
        int[] texts = new int[1_000];
        for (int i = 0; i < texts.length; i++) {
            int digits = (i / 100) | (i / 10 % 10 << 16) | (i % 10 << 24);
            texts[i] = digits | '0' | '.' << 8 | '0' << 16 | '0' << 24;
        }
        return texts;
    }

    /**
     * Writes a value. May also overwrite some bytes after it.
     *
     * @return the index after the text; {@code at} if this class does not handle the value
     */
    static int write(float value, byte[] bytes, int at) {
        int bits = Float.floatToRawIntBits(value);
        int magnitude = bits & Integer.MAX_VALUE;
        // Negative numbers stand for true, so that one branch is left, which zeros do not take.
        int outside = (magnitude - LEAST) | (MOST - magnitude);
        int notZero = bits | -bits;
        if ((outside & notZero) < 0) {
            return at;
        }
        bytes[at] = '-'; // a digit overwrites it if there is no sign
        int start = at + (bits >>> 31);
        int exponent = magnitude >>> FRACTION_BITS;
        double unit = UNITS[exponent];
        int digits = shortest(Float.intBitsToFloat(magnitude) * unit, HALF_ULPS[exponent]);
        if (magnitude >= TEN) {
            int tens = (int) Float.intBitsToFloat(magnitude) / 10;
            start = writeWhole(tens, bytes, start);
            digits -= tens * (int) (10 * unit);
        }
        return writeBelowTen(digits * FACTORS[exponent], bytes, start);
    }

    /**
     * The shortest decimal that rounds to the same float32. Of several, it is the nearest, and of
     * two that are equally near, the even one.
     *
     * <p>The nearest multiple of ten that rounds to the value is one digit shorter. No multiple is
     * exactly in the middle between the value and a neighbour, because the middle has more factors
     * of two. The lower neighbour of a power of two is nearer, but a power of two is itself such a
     * multiple. No other multiple rounds to it, as half an ulp is at most five, and five only where
     * the value is itself a multiple. The product with 0.1 is rounded, but only two multiples that
     * are both too far away could be confused.
     *
     * @param value the value times its unit
     * @param halfUlp half an ulp of it, above 0.5 and at most 5
     */
    private static int shortest(double value, double halfUlp) {
        int nearest = (int) Math.rint(value);
        double tens = 10 * Math.rint(0.1 * value);
        // All bits if the difference is negative, otherwise none.
        long fits = Double.doubleToRawLongBits(Math.abs(value - tens) - halfUlp) >> 63;
        return nearest ^ ((nearest ^ (int) tens) & (int) fits);
    }

    /**
     * Writes a number below ten with a point and without trailing zeros, but at least one digit
     * after the point.
     *
     * @param number the number times 10^{@link #PLACES}
     */
    private static int writeBelowTen(long number, byte[] bytes, int at) {
        int first = HUNDREDTHS[(int) (number / EIGHT_DIGITS)];
        int rest = (int) (number % EIGHT_DIGITS);
        long others =
                FOUR_DIGITS[rest / 10_000] | (long) FOUR_DIGITS[rest % 10_000] << Integer.SIZE;
        INTS.set(bytes, at, first);
        LONGS.set(bytes, at + Integer.BYTES, others | ZEROS);
        int secondPlace = first >>> 24 & 0xF;
        int onePlace = (int) (((others | secondPlace) - 1) >>> 63); // 1 if so, else 0
        int zeros = (Long.numberOfLeadingZeros(others) >>> 3) + onePlace;
        return at + Integer.BYTES + Long.BYTES - zeros;
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
