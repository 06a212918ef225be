package org.mydropout.kernel.math;

import java.util.Locale;

/**
 * The floating-point types of JAX's arrays other than float32. Their values are held as doubles,
 * which represent all of them exactly.
 */
public enum FloatType {
    /** IEEE 754 binary64. JAX has it only with x64 on. */
    FLOAT64(64, 53, -1022, Double.MAX_VALUE),
    /** The upper half of a float32. */
    BFLOAT16(16, 8, -126, 0x1.FEp127),
    /** IEEE 754 binary16. */
    FLOAT16(16, 11, -14, 65504);

    private final int width;
    private final int precision;
    private final int minExponent;
    private final double max;

    FloatType(int width, int precision, int minExponent, double max) {
        this.width = width;
        this.precision = precision;
        this.minExponent = minExponent;
        this.max = max;
    }

    /** The nearest value of the type, ties to even, as in IEEE 754. */
    public double nearest(double x) {
        if (this == FLOAT64 || x == 0 || !Double.isFinite(x)) {
            return x;
        }
        int exponent = Math.max(Math.getExponent(x), minExponent) - (precision - 1);
        double rounded = Math.scalb(Math.rint(Math.scalb(x, -exponent)), exponent);
        return Math.abs(rounded) > max ? Math.copySign(Double.POSITIVE_INFINITY, x) : rounded;
    }

    /** Whether the type can represent the value. */
    public boolean has(double x) {
        return Double.isNaN(x) || nearest(x) == x;
    }

    /**
     * The value of a bit pattern.
     *
     * @param bits the bit pattern, in the lowest bits
     */
    public double value(long bits) {
        return switch (this) {
            case FLOAT64 -> Double.longBitsToDouble(bits);
            case BFLOAT16 -> Float.intBitsToFloat((int) bits << 16);
            case FLOAT16 -> binary16((int) bits);
        };
    }

    /**
     * The bit pattern of a value, with one for all NaNs.
     *
     * @param x a value of the type
     * @throws IllegalArgumentException if the type cannot represent it
     */
    public long bits(double x) {
        if (!has(x)) {
            throw new IllegalArgumentException(
                    "A number must be one of the type %s, but is %s.".formatted(this, x));
        }
        return switch (this) {
            case FLOAT64 -> Double.doubleToLongBits(x);
            case BFLOAT16 -> Float.floatToIntBits((float) x) >>> 16;
            case FLOAT16 -> binary16(x);
        };
    }

    /** The number of bits of a value. */
    public int width() {
        return width;
    }

    /**
     * {@code x * (1 / divisor)} as XLA's code for CPUs computes {@code x / divisor} with a constant
     * under {@code jax.jit}. Subnormal numbers of float64 and bfloat16 count as zero. float16 is
     * computed in float32, where its subnormal numbers are normal.
     *
     * @param x a value of the type
     * @param divisor a value of the type, but not 1, because XLA removes a division by 1
     */
    public double divide(double x, double divisor) {
        return switch (this) {
            case FLOAT64 -> multiply(x, 1 / divisor);
            case BFLOAT16 -> multiply(x, 1f / (float) divisor);
            case FLOAT16 -> multiply(x, nearest(1 / divisor));
        };
    }

    /**
     * {@code x * y}, with subnormal numbers as in {@link #divide}.
     *
     * @param x a value of the type
     * @param y a value of the type; for bfloat16, which is computed in float32, any float32
     */
    public double multiply(double x, double y) {
        return switch (this) {
            case FLOAT64 -> flush(flush(x) * flush(y));
            case BFLOAT16 -> nearest(XlaMath.multiply((float) x, (float) y));
            case FLOAT16 -> nearest(x * y);
        };
    }

    private static double flush(double x) {
        return Math.abs(x) < Double.MIN_NORMAL ? Math.copySign(0, x) : x;
    }

    private static double binary16(int bits) {
        int exponent = bits >> 10 & 0x1F;
        int mantissa = bits & 0x3FF;
        double magnitude;
        if (exponent == 0x1F) {
            magnitude = mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (exponent == 0) {
            magnitude = Math.scalb((double) mantissa, -24);
        } else {
            magnitude = Math.scalb((double) (mantissa | 0x400), exponent - 25);
        }
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }

    private static long binary16(double x) {
        long sign = Double.doubleToRawLongBits(x) >>> 48 & 0x8000;
        double magnitude = Math.abs(x);
        if (Double.isNaN(x)) {
            return 0x7E00;
        }
        if (Double.isInfinite(x)) {
            return sign | 0x7C00;
        }
        int exponent = Math.max(Math.getExponent(magnitude), -14);
        long mantissa = (long) Math.scalb(magnitude, 10 - exponent);
        // A subnormal number has no bit 10, and the exponent field 0.
        return sign | (((long) (exponent + 14) << 10) + mantissa);
    }

    /** The name in JAX, such as {@code bfloat16}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
