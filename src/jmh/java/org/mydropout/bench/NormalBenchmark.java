package org.mydropout.bench;

import java.util.concurrent.TimeUnit;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.JaxDistributions;
import org.mydropout.kernel.random.PrngKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Normal numbers in a new vector with a new key each time, in nanoseconds per vector. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NormalBenchmark {

    @Param({"16", "32", "128", "1024", "65536"})
    private int size;

    private int record;

    /** Checks that the JVM has the Vector API if it was started with it. */
    @Setup
    public void prepare() {
        VectorApi.requireUse();
    }

    /** {@code jax.random.normal} in the default layout. */
    @Benchmark
    public float[] normal() {
        return JaxDistributions.normal(new PrngKey(record++, 42), size, JaxConfig.DEFAULT);
    }
}
