package org.mydropout.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.apache.commons.rng.core.source32.Philox4x32;
import org.mydropout.kernel.layer.MyDropout;
import org.mydropout.kernel.layer.MyDropout.Scaling;
import org.mydropout.kernel.layer.MyDropout.Subnormals;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Dropout at rate 0.1 on one vector with a new key each time, in nanoseconds per vector.
 *
 * <p>With few elements, the kernel is further from C than with many. C2 surrounds a SIMD loop with
 * two scalar loops, for alignment and for the rest. Together they take about as many elements as a
 * SIMD instruction (16 with AVX-512), at about 5 ns each, while the SIMD code takes 7 ns for 16.
 * The Vector API needs no such loops and shows the difference.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelBenchmark {

    private static final double RATE = 0.1;

    /** An element is kept if the mantissa of its draw is below this. */
    private static final int THRESHOLD = (int) Math.ceil((float) (1 - RATE) * 0x1p23);

    /** The factor of a kept element. */
    private static final float FACTOR = 1f / (float) (1 - RATE);

    private final MyDropout partitionable = layer(true, false);
    private final MyDropout original = layer(false, false);
    private final MyDropout x64 = layer(true, true);
    private final SplittableRandom splittableRandom = new SplittableRandom(42);
    private final Philox4x32 philox = new Philox4x32(new int[] {42, 43, 44, 45, 46, 47});

    @Param({"16", "32", "128", "1024", "65536"})
    private int size;

    private float[] x;
    private float[] out;
    private int record;

    private static MyDropout layer(boolean partitionable, boolean enableX64) {
        return new MyDropout(
                RATE, Scaling.RECIPROCAL, Subnormals.KEEP, new JaxConfig(partitionable, enableX64));
    }

    /** Fills the input, and checks that the scalar implementation gives the same bits. */
    @Setup
    public void prepare() {
        VectorApi.requireUse();
        x = new float[size];
        out = new float[size];
        for (int i = 0; i < size; i++) {
            x[i] = i - size / 2;
        }
        int kept = partitionable();
        float[] expected = out.clone();
        record--;
        if (scalarThreefry() != kept || !Arrays.equals(out, expected)) {
            throw new IllegalStateException("The implementations differ.");
        }
    }

    /** The layer under JAX's defaults. */
    @Benchmark
    public int partitionable() {
        return partitionable.apply(key(), x, out);
    }

    /** The layer with {@code jax_threefry_partitionable} off. */
    @Benchmark
    public int original() {
        return original.apply(key(), x, out);
    }

    /** The layer with {@code jax_enable_x64} on. */
    @Benchmark
    public int x64() {
        return x64.apply(key(), x, out);
    }

    /** The same bits in a simple way: one loop over the elements, with all rounds in its body. */
    @Benchmark
    public int scalarThreefry() {
        PrngKey key = key();
        int k0 = key.word0();
        int k1 = key.word1();
        int kept = 0;
        for (int i = 0; i < size; i++) {
            boolean keep = ScalarThreefry.word(k0, k1, i) >>> 9 < THRESHOLD;
            out[i] = keep ? x[i] * FACTOR : 0;
            kept += keep ? 1 : 0;
        }
        return kept;
    }

    /** One generator for all vectors, so a vector cannot be replayed by key. */
    @Benchmark
    public int splittableRandom() {
        return fromStream(splittableRandom::nextInt);
    }

    /** One generator for all vectors, so a vector cannot be replayed by key. */
    @Benchmark
    public int philox4x32() {
        return fromStream(philox::nextInt);
    }

    private int fromStream(IntSupplier words) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            boolean keep = words.getAsInt() >>> 9 < THRESHOLD;
            out[i] = keep ? x[i] * FACTOR : 0;
            kept += keep ? 1 : 0;
        }
        return kept;
    }

    private PrngKey key() {
        return new PrngKey(record++, 42);
    }
}
