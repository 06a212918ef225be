package org.mydropout.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs benchmarks, each in its own JVMs.
 *
 * @param forks the number of JVMs per benchmark
 * @param seconds how long a benchmark is measured in each JVM, unless it measures a whole job
 * @param iterations how many iterations that time is divided into, and how many jobs are run; half
 *     as many go before, and at least one
 * @param warmupMilliseconds how long a benchmark runs before; enough for C2 to compile the loops
 * @param elements the elements of all vectors of a pipeline
 * @param avx2 whether registers of 512 bits stay unused
 * @param directory the directory for temporary files
 */
record Jmh(
        int forks,
        int seconds,
        int iterations,
        int warmupMilliseconds,
        long elements,
        boolean avx2,
        Path directory) {

    /** One JVM and one iteration for each benchmark. */
    static Jmh quick(boolean avx2, Path directory) {
        return new Jmh(1, 1, 1, 2_500, 1 << 26, avx2, directory);
    }

    /** Ten iterations in each JVM. */
    static Jmh full(int forks, int seconds, boolean avx2, Path directory) {
        return new Jmh(forks, seconds, 10, 5_000, 1 << 28, avx2, directory);
    }

    /**
     * Measures benchmarks on one processor.
     *
     * @param benchmarks a regular expression for their names; the name of a class selects all of
     *     its benchmarks
     * @param value converts the measured median of an operation at a size to the value in the table
     * @param jvmArguments JVM arguments that replace those of the benchmarks; empty: those of the
     *     benchmarks
     * @return the values by benchmark and size
     */
    Map<String, Map<String, Double>> measure(
            String benchmarks, ToDoubleBiFunction<Integer, Double> value, String... jvmArguments)
            throws RunnerException, IOException {
        return measure(benchmarks, List.of(), value, jvmArguments);
    }

    /**
     * Does the same for some sizes.
     *
     * @param sizes the sizes of vectors; empty: those of the benchmarks
     */
    Map<String, Map<String, Double>> measure(
            String benchmarks,
            List<String> sizes,
            ToDoubleBiFunction<Integer, Double> value,
            String... jvmArguments)
            throws RunnerException, IOException {
        Map<String, Map<String, Double>> measured = new LinkedHashMap<>();
        ChainedOptionsBuilder options = options(benchmarks, 1);
        if (!sizes.isEmpty()) {
            options.param("size", sizes.toArray(String[]::new));
        }
        if (jvmArguments.length > 0) {
            options.jvmArgsAppend(jvmArguments);
        }
        for (RunResult result : new Runner(options.build()).run()) {
            String size = result.getParams().getParam("size");
            measured.computeIfAbsent(
                            result.getPrimaryResult().getLabel(), label -> new LinkedHashMap<>())
                    .put(size, value.applyAsDouble(Integer.valueOf(size), median(result)));
        }
        return measured;
    }

    /** The number of records of a pipeline whose vectors have the given size. */
    long records(int size) {
        return elements / size;
    }

    /** Options for benchmarks in JVMs that use the given number of processors. */
    ChainedOptionsBuilder options(String include, int processors) throws IOException {
        int warmups = Math.max(1, iterations / 2);
        String[] arguments = avx2 ? new String[] {"-XX:UseAVX=2"} : new String[0];
        return new OptionsBuilder()
                .include(include)
                .param("elements", Long.toString(elements))
                .jvm(launcher(processors).toString())
                .jvmArgsPrepend(arguments)
                .forks(forks)
                .warmupIterations(warmups)
                .warmupTime(TimeValue.milliseconds(warmupMilliseconds / warmups))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.milliseconds(1000L * seconds / iterations))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
    }

    /**
     * The median of the iterations in all JVMs. Other work on the machine disturbs it less than the
     * mean.
     */
    static double median(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }

    /**
     * A script that starts a JVM on the first processors only, so that all threads of a pipeline
     * count, not only the slowest. Without {@code taskset}, the JVM uses all processors.
     */
    private Path launcher(int processors) throws IOException {
        Path script = directory.resolve("java-on-" + processors).toAbsolutePath();
        Files.writeString(
                script,
                """
                #!/bin/sh
                command -v taskset > /dev/null && exec taskset -c 0-%d %s "$@"
                exec %<s "$@"
                """
                        .formatted(
                                processors - 1,
                                ProcessHandle.current().info().command().orElse("java")));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }
}
