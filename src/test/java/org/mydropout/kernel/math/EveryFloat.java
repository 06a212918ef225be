package org.mydropout.kernel.math;

/**
 * Compares {@link XlaMath} with the real JAX on all 2^32 arguments of every function, which takes
 * minutes:
 *
 * <pre>{@code
 * mvn -q test-compile exec:exec@test -Dmain=org.mydropout.kernel.math.EveryFloat
 * }</pre>
 */
final class EveryFloat {

    private EveryFloat() {}

    /** Prints the number of comparisons, or fails at the first difference. */
    public static void main(String[] args) {
        for (FloatFunction function : FloatFunction.values()) {
            for (int chunk = 0; chunk < FloatChecksum.CHUNKS; chunk++) {
                String found = FloatChecksum.of(function, chunk);
                String expected = FloatChecksum.expected(function, chunk);
                if (!found.equals(expected)) {
                    throw new IllegalStateException(
                            "The results of %s on the floats %02x000000 to %02xffffff have the CRC-32 %s, but JAX's %s."
                                    .formatted(function.goldenName, chunk, chunk, found, expected));
                }
            }
            System.out.println(function.goldenName + " equals JAX's on 2^32 arguments.");
        }
    }
}
