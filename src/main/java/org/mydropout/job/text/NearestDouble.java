package org.mydropout.job.text;

import com.fasterxml.jackson.core.io.NumberInput;
import java.nio.charset.StandardCharsets;

/** Reads a number as its nearest float64. */
final class NearestDouble extends DecimalReader {

    /** Up to here a double represents every integer. */
    private static final long MOST_EXACT = 1L << 53;

    private double value;

    /** The value of the last number. */
    double value() {
        return value;
    }

    /** One operation on two exact numbers rounds once. */
    @Override
    boolean round(long digits, int exponent, int sign) {
        if (digits > MOST_EXACT || Math.abs(exponent) >= POWERS_OF_TEN.length) {
            return false;
        }
        double magnitude =
                exponent < 0 ? digits / POWERS_OF_TEN[-exponent] : digits * POWERS_OF_TEN[exponent];
        value =
                Double.longBitsToDouble(
                        Double.doubleToRawLongBits(magnitude) | ((long) sign << (Double.SIZE - 1)));
        return true;
    }

    @Override
    boolean roundText(byte[] text, int start, int end) {
        value =
                NumberInput.parseDouble(
                        new String(text, start, end - start, StandardCharsets.ISO_8859_1), true);
        return true;
    }
}
