package org.mydropout.job.text;

/**
 * Reads a number as its nearest float32.
 *
 * <p>It reads only numbers whose rounding is certain. Rounding their digits to a double, and
 * multiplying or dividing by a power of ten, each have an error of at most half a unit in the last
 * place. So the double is within three units of the decimal. If it is at least {@link #CERTAIN}
 * units from the middle between two float32, both have the same nearest float32. All other numbers
 * are left to a reader that is exact for every decimal.
 */
final class NearestFloat extends DecimalReader {

    /** The bits of a double's fraction that a float32's fraction lacks. */
    private static final long SURPLUS = (1L << 29) - 1;

    /** The {@link #SURPLUS} bits of a double in the middle between two float32. */
    private static final long MIDDLE = 1L << 28;

    /** The least distance of a double from the middle, in units in its last place. */
    private static final int CERTAIN = 4;

    private float value;

    /** The value of the last number. */
    float value() {
        return value;
    }

    @Override
    boolean round(long digits, int exponent, int sign) {
        if (Math.abs(exponent) >= POWERS_OF_TEN.length) {
            return false;
        }
        double magnitude =
                exponent < 0 ? digits / POWERS_OF_TEN[-exponent] : digits * POWERS_OF_TEN[exponent];
        long surplus = Double.doubleToRawLongBits(magnitude) & SURPLUS;
        if (Math.abs(surplus - MIDDLE) <= CERTAIN
                || !(magnitude >= Float.MIN_NORMAL || digits == 0)
                || magnitude >= Float.MAX_VALUE) {
            return false;
        }
        value =
                Float.intBitsToFloat(
                        Float.floatToRawIntBits((float) magnitude) | (sign << (Float.SIZE - 1)));
        return true;
    }
}
