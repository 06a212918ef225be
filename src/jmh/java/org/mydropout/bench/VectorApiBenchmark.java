package org.mydropout.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.mydropout.kernel.MyDropout;
import org.mydropout.kernel.PrngKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** As {@link KernelBenchmark}, for a JDK that has the incubating Vector API. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class VectorApiBenchmark {

    private final VectorApiDropout vectorApi =
            new VectorApiDropout(KernelBenchmark.THRESHOLD, KernelBenchmark.FACTOR);

    @Param({"16", "32", "128", "1024", "65536"})
    private int size;

    private float[] x;
    private float[] out;
    private int record;

    /** Fills the input, and makes sure that the bits are those of the layer. */
    @Setup
    public void prepare() {
        x = new float[size];
        out = new float[size];
        for (int i = 0; i < size; i++) {
            x[i] = i - size / 2;
        }
        float[] expected = new float[size];
        int kept = new MyDropout(KernelBenchmark.RATE).apply(new PrngKey(record, 42), x, expected);
        if (vectorApi() != kept || !Arrays.equals(out, expected)) {
            throw new IllegalStateException("The implementations differ.");
        }
    }

    /** The same bits as the layer's, SIMD instruction by SIMD instruction. */
    @Benchmark
    public int vectorApi() {
        return vectorApi.apply(record++, 42, x, out);
    }
}
