package org.mydropout.vectorapi;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.mydropout.kernel.math.XlaMath;
import org.mydropout.kernel.random.BlockLoops;
import org.mydropout.kernel.random.ErfInvLoops;

/**
 * {@link XlaMath#erfInv} with the Vector API: the same operations in the same order, where both
 * branches of {@code log1p} are computed and one is selected. The tail, a 300th of the draws, is
 * left to {@link XlaMath}.
 *
 * <p>No draw is 0, 1 or -1, and no result is subnormal, so nothing is flushed. There are four
 * passes because C2 allocates objects for the SIMD values of longer methods, see {@link
 * VectorApiLoops}.
 */
@SuppressWarnings("FloatingPointLiteralPrecision")
public final class VectorApiErfInvLoops implements ErfInvLoops {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = INTS.length();

    private static final int MANTISSA = 0x007F_FFFF;

    /** The bits of 1f: with a mantissa, they are a number from 1 to 2. */
    private static final int ONE = 0x3F80_0000;

    /** The bits of 2^23: with an integer below as mantissa, they are the sum of both. */
    private static final int TWO_23 = 0x4B00_0000;

    /** From here on, {@code erf_inv} has another polynomial. */
    private static final float TAIL = 5;

    // The coefficients of XlaMath. C2 makes many more nodes of a number that it has to broadcast.
    private static final FloatVector LOG1P_P0 = FloatVector.broadcast(FLOATS, 4.5270000862E-5f);
    private static final FloatVector LOG1P_P1 = FloatVector.broadcast(FLOATS, 4.9854102823E-1f);
    private static final FloatVector LOG1P_P2 = FloatVector.broadcast(FLOATS, 6.5787325942E0f);
    private static final FloatVector LOG1P_P3 = FloatVector.broadcast(FLOATS, 2.9911919329E1f);
    private static final FloatVector LOG1P_P4 = FloatVector.broadcast(FLOATS, 6.0949667981E1f);
    private static final FloatVector LOG1P_P5 = FloatVector.broadcast(FLOATS, 5.7112963591E1f);
    private static final FloatVector LOG1P_P6 = FloatVector.broadcast(FLOATS, 2.0039553499E1f);
    private static final FloatVector LOG1P_Q0 = FloatVector.broadcast(FLOATS, 1.5062909083E1f);
    private static final FloatVector LOG1P_Q1 = FloatVector.broadcast(FLOATS, 8.3047565968E1f);
    private static final FloatVector LOG1P_Q2 = FloatVector.broadcast(FLOATS, 2.2176239824E2f);
    private static final FloatVector LOG1P_Q3 = FloatVector.broadcast(FLOATS, 3.0909872225E2f);
    private static final FloatVector LOG1P_Q4 = FloatVector.broadcast(FLOATS, 2.1642788614E2f);
    private static final FloatVector LOG1P_Q5 = FloatVector.broadcast(FLOATS, 6.0118660498E1f);
    private static final FloatVector LOG_A0 = FloatVector.broadcast(FLOATS, 7.0376836292E-2f);
    private static final FloatVector LOG_A1 = FloatVector.broadcast(FLOATS, -1.1514610310E-1f);
    private static final FloatVector LOG_B0 = FloatVector.broadcast(FLOATS, -1.2420140846E-1f);
    private static final FloatVector LOG_B1 = FloatVector.broadcast(FLOATS, 1.4249322787E-1f);
    private static final FloatVector LOG_C0 = FloatVector.broadcast(FLOATS, 2.0000714765E-1f);
    private static final FloatVector LOG_C1 = FloatVector.broadcast(FLOATS, -2.4999993993E-1f);
    private static final FloatVector LOG_A2 = FloatVector.broadcast(FLOATS, 1.1676998740E-1f);
    private static final FloatVector LOG_B2 = FloatVector.broadcast(FLOATS, -1.6668057665E-1f);
    private static final FloatVector LOG_C2 = FloatVector.broadcast(FLOATS, 3.3333331174E-1f);
    private static final FloatVector LOG_2_HIGH = FloatVector.broadcast(FLOATS, 0.693359375f);
    private static final FloatVector LOG_2_LOW = FloatVector.broadcast(FLOATS, -2.12194440E-4f);
    private static final FloatVector ERF_INV_P0 = FloatVector.broadcast(FLOATS, 2.81022636e-08f);
    private static final FloatVector ERF_INV_P1 = FloatVector.broadcast(FLOATS, 3.43273939e-07f);
    private static final FloatVector ERF_INV_P2 = FloatVector.broadcast(FLOATS, -3.5233877e-06f);
    private static final FloatVector ERF_INV_P3 = FloatVector.broadcast(FLOATS, -4.39150654e-06f);
    private static final FloatVector ERF_INV_P4 = FloatVector.broadcast(FLOATS, 0.00021858087f);
    private static final FloatVector ERF_INV_P5 = FloatVector.broadcast(FLOATS, -0.00125372503f);
    private static final FloatVector ERF_INV_P6 = FloatVector.broadcast(FLOATS, -0.00417768164f);
    private static final FloatVector ERF_INV_P7 = FloatVector.broadcast(FLOATS, 0.246640727f);
    private static final FloatVector ERF_INV_P8 = FloatVector.broadcast(FLOATS, 1.50140941f);

    /** A float[] is a class of the platform, so this pins no class loader. */
    private static final ThreadLocal<float[]> LOGARITHMS =
            ThreadLocal.withInitial(() -> new float[BlockLoops.BLOCK + LANES]);

    /** Called by {@link java.util.ServiceLoader}. */
    public VectorApiErfInvLoops() {}

    /** The preferred shape has 64 bits if the JVM has no SIMD code for the Vector API. */
    @Override
    public boolean suitsThisJvm() {
        return INTS.vectorBitSize() > Long.SIZE;
    }

    @Override
    public void erfInv(int[] words, int at, int length, float[] out, int from) {
        float[] logarithms = LOGARITHMS.get();
        uniform(words, at, length);
        log1pNearZero(words, at, length, logarithms);
        log1p(words, at, length, logarithms);
        int whole = length - length % LANES;
        center(words, at, whole, logarithms, out, from);
        for (int i = whole; i < length; i++) {
            out[from + i] = XlaMath.erfInv(Float.intBitsToFloat(words[at + i]));
        }
    }

    /** Replaces the words by the bits of the uniform draws. */
    private static void uniform(int[] words, int at, int length) {
        for (int i = 0; i < length; i += LANES) {
            IntVector mantissa = IntVector.fromArray(INTS, words, at + i).lanewise(LSHR, 9);
            FloatVector unit = mantissa.or(ONE).reinterpretAsFloats().sub(1);
            unit.fma(2, ABOVE_MINUS_ONE).reinterpretAsInts().intoArray(words, at + i);
        }
    }

    /** The rational function of log1p(-x * x), which holds if the square is below sqrt(2) - 1. */
    private static void log1pNearZero(int[] words, int at, int length, float[] logarithms) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector x = minusSquare(words, at + i);
            FloatVector p = x.fma(LOG1P_P0, LOG1P_P1);
            p = p.fma(x, LOG1P_P2);
            p = p.fma(x, LOG1P_P3);
            p = p.fma(x, LOG1P_P4);
            p = p.fma(x, LOG1P_P5);
            p = p.fma(x, LOG1P_P6);
            FloatVector q = x.add(LOG1P_Q0);
            q = q.fma(x, LOG1P_Q1);
            q = q.fma(x, LOG1P_Q2);
            q = q.fma(x, LOG1P_Q3);
            q = q.fma(x, LOG1P_Q4);
            q = q.fma(x, LOG1P_Q5);
            FloatVector square = x.mul(x);
            FloatVector rest = square.mul(-0.5f).add(x.mul(square).mul(p.div(q)));
            x.add(rest).intoArray(logarithms, i);
        }
    }

    /** Replaces the logarithms outside of that range, by those of 1 - x * x. */
    private static void log1p(int[] words, int at, int length, float[] logarithms) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector x = minusSquare(words, at + i);
            IntVector bits = x.add(1).reinterpretAsInts();
            FloatVector exponent =
                    bits.lanewise(LSHR, 23).or(TWO_23).reinterpretAsFloats().sub(0x1p23f + 126);
            FloatVector mantissa = bits.and(MANTISSA).or(0x3F00_0000).reinterpretAsFloats();
            VectorMask<Float> low = mantissa.compare(LT, 0.70710677f);
            FloatVector m = mantissa.sub(1);
            m = m.blend(m.add(mantissa), low);
            exponent = exponent.blend(exponent.sub(1), low);
            FloatVector square = m.mul(m);
            FloatVector cube = square.mul(m);
            FloatVector a = m.fma(LOG_A0, LOG_A1);
            FloatVector b = m.fma(LOG_B0, LOG_B1);
            FloatVector c = m.fma(LOG_C0, LOG_C1);
            a = a.fma(m, LOG_A2);
            b = b.fma(m, LOG_B2);
            c = c.fma(m, LOG_C2);
            a = a.fma(cube, b).fma(cube, c);
            FloatVector rest = a.fma(cube, exponent.mul(LOG_2_LOW));
            FloatVector log = exponent.fma(LOG_2_HIGH, m.sub(square.mul(0.5f)).add(rest));
            FloatVector nearZero = FloatVector.fromArray(FLOATS, logarithms, i);
            log.blend(nearZero, x.compare(GT, -0.41421357f)).intoArray(logarithms, i);
        }
    }

    /** The polynomial for all numbers but those in the tail. */
    private static void center(
            int[] words, int at, int length, float[] logarithms, float[] out, int from) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector x = IntVector.fromArray(INTS, words, at + i).reinterpretAsFloats();
            FloatVector log = FloatVector.fromArray(FLOATS, logarithms, i).neg();
            FloatVector w = log.sub(2.5f);
            FloatVector p = w.fma(ERF_INV_P0, ERF_INV_P1);
            p = p.fma(w, ERF_INV_P2);
            p = p.fma(w, ERF_INV_P3);
            p = p.fma(w, ERF_INV_P4);
            p = p.fma(w, ERF_INV_P5);
            p = p.fma(w, ERF_INV_P6);
            p = p.fma(w, ERF_INV_P7);
            p = p.fma(w, ERF_INV_P8);
            p.mul(x).intoArray(out, from + i);
            if (log.compare(GE, TAIL).anyTrue()) {
                tail(words, at + i, out, from + i);
            }
        }
    }

    /** All numbers of a SIMD register that has one in the tail. */
    private static void tail(int[] words, int at, float[] out, int from) {
        for (int i = 0; i < LANES; i++) {
            out[from + i] = XlaMath.erfInv(Float.intBitsToFloat(words[at + i]));
        }
    }

    private static FloatVector minusSquare(int[] words, int at) {
        FloatVector x = IntVector.fromArray(INTS, words, at).reinterpretAsFloats();
        return x.mul(x.neg());
    }
}
