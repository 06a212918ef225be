package org.mydropout.bench;

import java.util.concurrent.TimeUnit;
import org.mydropout.kernel.flax.ModulePath;
import org.mydropout.kernel.random.PrngKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Derives the key of a record's mask from the base key (id, step, make_rng), in nanoseconds per
 * record.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KeyDerivationBenchmark {

    private final PrngKey seed = PrngKey.of(42);
    private final long makeRng = ModulePath.ROOT.foldData(1);
    private int id;

    /** Three folds. Returns both words of the key as one number, because a layer uses both. */
    @Benchmark
    public long idStepAndMakeRng() {
        PrngKey key = seed.foldIn(id++ & 0x7FFF_FFFF).foldIn(7).foldIn(makeRng);
        return (long) key.word0() << 32 | key.word1();
    }
}
