package org.mydropout.kernel.math;

/**
 * Elementary functions of float32 numbers, as XLA compiles them for CPUs with FMA under {@code
 * jax.jit}. They follow the LLVM code of jaxlib 0.10.2 and were compared with it on all 2^32
 * arguments.
 *
 * <p>XLA sets the processor to flush subnormal numbers: a subnormal operand or result of arithmetic
 * counts as zero of the same sign. These functions do the same.
 *
 * <p>Constants have the digits of their sources. Each stands for the nearest float32.
 */
@SuppressWarnings("FloatingPointLiteralPrecision")
public final class XlaMath {

    /** The name of this profile in options and provenance. */
    public static final String PROFILE = "xla-2026";

    /** {@code f32(sqrt(2))}, the factor in {@code jax.random.normal}. */
    public static final float SQRT_2 = 1.4142135f;

    /**
     * The least magnitude that rounds to {@link Float#MIN_NORMAL} with 24 bits and an unlimited
     * exponent. x86 processors flush a result whose exact magnitude is below it.
     */
    private static final double LEAST_NORMAL = 0x1p-126 - 0x1p-151;

    private static final int MANTISSA = 0x007F_FFFF;

    private XlaMath() {}

    /** {@code jnp.log}: the polynomial of Cephes' {@code logf}, in three interleaved parts. */
    public static float log(float x) {
        if (!(x >= Float.MIN_NORMAL && x <= Float.MAX_VALUE)) {
            return logOfSpecial(x);
        }
        int bits = Float.floatToRawIntBits(x);
        float exponent = (bits >>> 23) - 126;
        float mantissa = Float.intBitsToFloat((bits & MANTISSA) | 0x3F00_0000);
        float m = mantissa - 1;
        if (mantissa < 0.70710677f) {
            exponent -= 1;
            m += mantissa;
        }
        float square = m * m;
        float cube = square * m;
        float a = Math.fma(m, 7.0376836292E-2f, -1.1514610310E-1f);
        float b = Math.fma(m, -1.2420140846E-1f, 1.4249322787E-1f);
        float c = Math.fma(m, 2.0000714765E-1f, -2.4999993993E-1f);
        a = Math.fma(a, m, 1.1676998740E-1f);
        b = Math.fma(b, m, -1.6668057665E-1f);
        c = Math.fma(c, m, 3.3333331174E-1f);
        a = Math.fma(Math.fma(a, cube, b), cube, c);
        float rest = Math.fma(a, cube, exponent * -2.12194440E-4f);
        return Math.fma(exponent, 0.693359375f, m - square * 0.5f + rest);
    }

    private static float logOfSpecial(float x) {
        if (Math.abs(x) < Float.MIN_NORMAL) {
            return Float.NEGATIVE_INFINITY;
        }
        return x < 0 ? Float.NaN : x;
    }

    /** {@code jnp.log1p}: log(1 + x), by the rational function of Cephes' {@code log1p} near 0. */
    public static float log1p(float x) {
        if (!(Math.abs(x) < 0.41421357f)) {
            return log(1 + x);
        }
        if (Math.abs(x) < Float.MIN_NORMAL) {
            return flush(x);
        }
        float p = Math.fma(4.5270000862E-5f, x, 4.9854102823E-1f);
        p = Math.fma(p, x, 6.5787325942E0f);
        p = Math.fma(p, x, 2.9911919329E1f);
        p = Math.fma(p, x, 6.0949667981E1f);
        p = Math.fma(p, x, 5.7112963591E1f);
        p = Math.fma(p, x, 2.0039553499E1f);
        float q = x + 1.5062909083E1f;
        q = Math.fma(q, x, 8.3047565968E1f);
        q = Math.fma(q, x, 2.2176239824E2f);
        q = Math.fma(q, x, 3.0909872225E2f);
        q = Math.fma(q, x, 2.1642788614E2f);
        q = Math.fma(q, x, 6.0118660498E1f);
        float square = x * x;
        return x + (square * -0.5f + x * square * (p / q));
    }

    /** {@code jnp.exp}: Cephes' {@code expf} with FMA, which underflows to 0 below 2^-126. */
    public static float exp(float x) {
        if (Float.isNaN(x)) {
            return x;
        }
        float clamped = Math.min(Math.max(x, -87.8f), 88.8f);
        float n = (float) Math.floor(Math.fma(clamped, 1.44269504088896341f, 0.5f));
        n = Math.min(Math.max(n, -127), 127);
        float a = Math.fma(-0.693359375f, n, clamped);
        a = Math.fma(2.12194440E-4f, n, a);
        float z = Math.fma(a, 1.9875691500E-4f, 1.3981999507E-3f);
        z = Math.fma(z, a, 8.3334519073E-3f);
        z = Math.fma(z, a, 4.1665795894E-2f);
        z = Math.fma(z, a, 1.6666665459E-1f);
        z = Math.fma(z, a, 5.0000001201E-1f);
        z = 1 + Math.fma(z, a * a, a);
        // n = -127 makes a factor of 0.
        return flush(z * Float.intBitsToFloat(((int) n + 127) << 23));
    }

    /**
     * {@code jax.lax.erf_inv}: the inverse of the error function (Giles, "Approximating the erfinv
     * function", GPU Computing Gems, 2011, single precision).
     *
     * @param x from -1 to 1, which give the infinities; the result is NaN outside this range
     */
    public static float erfInv(float x) {
        if (Math.abs(x) == 1) {
            return x * Float.POSITIVE_INFINITY;
        }
        float w = -log1p(x * -x);
        float p;
        if (w < 5) {
            w -= 2.5f;
            p = Math.fma(2.81022636e-08f, w, 3.43273939e-07f);
            p = Math.fma(p, w, -3.5233877e-06f);
            p = Math.fma(p, w, -4.39150654e-06f);
            p = Math.fma(p, w, 0.00021858087f);
            p = Math.fma(p, w, -0.00125372503f);
            p = Math.fma(p, w, -0.00417768164f);
            p = Math.fma(p, w, 0.246640727f);
            p = Math.fma(p, w, 1.50140941f);
        } else {
            w = (float) Math.sqrt(w) - 3;
            p = Math.fma(-0.000200214257f, w, 0.000100950558f);
            p = Math.fma(p, w, 0.00134934322f);
            p = Math.fma(p, w, -0.00367342844f);
            p = Math.fma(p, w, 0.00573950773f);
            p = Math.fma(p, w, -0.0076224613f);
            p = Math.fma(p, w, 0.00943887047f);
            p = Math.fma(p, w, 1.00167406f);
            p = Math.fma(p, w, 2.83297682f);
        }
        return multiply(p, x);
    }

    /**
     * Replaces a subnormal number by zero of the same sign and returns every other number
     * unchanged.
     */
    public static float flush(float x) {
        return Math.abs(x) < Float.MIN_NORMAL ? Math.copySign(0f, x) : x;
    }

    /**
     * {@code a + b}. A subnormal sum of two floats is exact, so it can be flushed after rounding.
     */
    public static float add(float a, float b) {
        return flush(flush(a) + flush(b));
    }

    /** {@code a * b}. */
    public static float multiply(float a, float b) {
        float product = flush(a) * flush(b);
        return Math.abs(product) > Float.MIN_NORMAL
                ? product
                : flush(product, (double) flush(a) * flush(b));
    }

    /** {@code a * b + c} with one rounding, as LLVM contracts it. */
    public static float fma(float a, float b, float c) {
        float sum = Math.fma(flush(a), flush(b), flush(c));
        return Math.abs(sum) > Float.MIN_NORMAL
                ? sum
                : flush(sum, Math.fma((double) flush(a), flush(b), flush(c)));
    }

    private static float flush(float rounded, double exact) {
        return Math.abs(exact) < LEAST_NORMAL ? Math.copySign(0f, rounded) : rounded;
    }
}
