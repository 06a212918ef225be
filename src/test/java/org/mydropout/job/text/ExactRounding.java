package org.mydropout.job.text;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The nearest float32 of a decimal, in integer arithmetic: an oracle that shares no code with our
 * readers of decimals or {@link Float#parseFloat}.
 */
final class ExactRounding {

    private static final int FRACTION_BITS = 23;

    /** The exponent of the smallest float32. */
    private static final int LEAST_EXPONENT = -149;

    private ExactRounding() {}

    /** The nearest float32, ties to even; infinite from the middle above the greatest float32. */
    static float nearest(String decimal) {
        BigDecimal exact = new BigDecimal(decimal);
        float magnitude = magnitude(exact.abs());
        return decimal.startsWith("-") ? -magnitude : magnitude;
    }

    private static float magnitude(BigDecimal exact) {
        BigInteger numerator = exact.unscaledValue();
        BigInteger denominator = BigInteger.ONE;
        if (exact.scale() > 0) {
            denominator = BigInteger.TEN.pow(exact.scale());
        } else {
            numerator = numerator.multiply(BigInteger.TEN.pow(-exact.scale()));
        }
        if (numerator.signum() == 0) {
            return 0f;
        }
        // The quotient gets 24 bits, or fewer if the float32 is subnormal.
        int exponent =
                Math.max(
                        numerator.bitLength() - denominator.bitLength() - FRACTION_BITS - 1,
                        LEAST_EXPONENT);
        BigInteger significand = quotient(numerator, denominator, exponent);
        if (significand.bitLength() > FRACTION_BITS + 1) {
            exponent++;
            significand = quotient(numerator, denominator, exponent);
        }
        // Exact, because the significand has at most 24 bits or is a power of two.
        return significand.bitLength() + exponent > Float.MAX_EXPONENT + 1
                ? Float.POSITIVE_INFINITY
                : (float) Math.scalb(significand.doubleValue(), exponent);
    }

    /** Numerator / denominator / 2^exponent, rounded to nearest, ties to even. */
    private static BigInteger quotient(BigInteger numerator, BigInteger denominator, int exponent) {
        BigInteger dividend = exponent < 0 ? numerator.shiftLeft(-exponent) : numerator;
        BigInteger divisor = exponent > 0 ? denominator.shiftLeft(exponent) : denominator;
        BigInteger[] result = dividend.divideAndRemainder(divisor);
        int beyond = result[1].shiftLeft(1).compareTo(divisor);
        boolean up = beyond > 0 || (beyond == 0 && result[0].testBit(0));
        return up ? result[0].add(BigInteger.ONE) : result[0];
    }
}
