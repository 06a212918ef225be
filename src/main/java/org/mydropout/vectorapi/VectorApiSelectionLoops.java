package org.mydropout.vectorapi;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.mydropout.kernel.layer.SelectionLoops;

/**
 * The selection with the Vector API. The last elements, fewer than the lanes, are scalar.
 *
 * <p>With two SIMD registers in an iteration, the method has more than 325 bytes of bytecode, so
 * that C2 does not inline it where it has inlined much already, as {@link VectorApiLoops} says.
 */
public final class VectorApiSelectionLoops implements SelectionLoops {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = INTS.length();

    /** Called by {@link java.util.ServiceLoader}. */
    public VectorApiSelectionLoops() {}

    /** The preferred shape has 64 bits if the JVM has no SIMD code for the Vector API. */
    @Override
    public boolean suitsThisJvm() {
        return INTS.vectorBitSize() > Long.SIZE;
    }

    @Override
    public int select(
            int[] words,
            int at,
            int length,
            int threshold,
            float[] x,
            float factor,
            float[] out,
            int from) {
        IntVector hits = IntVector.zero(INTS);
        int i = 0;
        for (; i <= length - 2 * LANES; i += 2 * LANES) {
            IntVector mask =
                    IntVector.fromArray(INTS, words, at + i)
                            .lanewise(LSHR, 9)
                            .sub(threshold)
                            .lanewise(ASHR, 31);
            IntVector nextMask =
                    IntVector.fromArray(INTS, words, at + i + LANES)
                            .lanewise(LSHR, 9)
                            .sub(threshold)
                            .lanewise(ASHR, 31);
            FloatVector.fromArray(FLOATS, x, from + i)
                    .mul(factor)
                    .reinterpretAsInts()
                    .and(mask)
                    .reinterpretAsFloats()
                    .intoArray(out, from + i);
            FloatVector.fromArray(FLOATS, x, from + i + LANES)
                    .mul(factor)
                    .reinterpretAsInts()
                    .and(nextMask)
                    .reinterpretAsFloats()
                    .intoArray(out, from + i + LANES);
            hits = hits.sub(mask).sub(nextMask);
        }
        if (i <= length - LANES) {
            IntVector mask =
                    IntVector.fromArray(INTS, words, at + i)
                            .lanewise(LSHR, 9)
                            .sub(threshold)
                            .lanewise(ASHR, 31);
            FloatVector.fromArray(FLOATS, x, from + i)
                    .mul(factor)
                    .reinterpretAsInts()
                    .and(mask)
                    .reinterpretAsFloats()
                    .intoArray(out, from + i);
            hits = hits.sub(mask);
            i += LANES;
        }
        int rest = 0;
        for (; i < length; i++) {
            int mask = ((words[at + i] >>> 9) - threshold) >> 31;
            int bits = Float.floatToRawIntBits(x[from + i] * factor) & mask;
            out[from + i] = Float.intBitsToFloat(bits);
            rest -= mask;
        }
        return hits.reduceLanes(ADD) + rest;
    }
}
