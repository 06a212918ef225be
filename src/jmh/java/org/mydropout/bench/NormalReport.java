package org.mydropout.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Compares normal numbers with dropout, and with JAX.
 *
 * @param jmh runs the benchmarks on the JVM
 * @param python a Python with JAX
 */
record NormalReport(Jmh jmh, String python) {

    private static final String BENCHMARKS =
            "bench\\.(KernelBenchmark\\.partitionable|NormalBenchmark\\.normal)$";

    /** Measures them. Dropout is the first row of each group. */
    Table measure(List<String> sizes) throws IOException, InterruptedException, RunnerException {
        List<Row> rows = new ArrayList<>();
        if (VectorApi.exists()) {
            rows.addAll(javaRows("Vector API", sizes, VectorApi.ARGUMENT));
            rows.addAll(pythonRows("Vector API"));
        } else {
            rows.add(Row.missing("Vector API", "normal", VectorApi.MISSING));
        }
        rows.addAll(javaRows("plain Java", sizes));
        return new Table(
                "Normal numbers on one thread, by elements of a vector",
                "ns an element",
                false,
                rows);
    }

    private List<Row> javaRows(String group, List<String> sizes, String... jvmArguments)
            throws IOException, RunnerException {
        Map<String, Map<String, Double>> measured =
                jmh.measure(
                        BENCHMARKS, sizes, (size, nanoseconds) -> nanoseconds / size, jvmArguments);
        return List.of(
                new Row(group, "MyDropout", measured.get("partitionable")),
                new Row(group, "normal", measured.get("normal")));
    }

    private List<Row> pythonRows(String group) throws InterruptedException {
        if (jmh.avx2()) {
            return List.of();
        }
        try {
            return ForeignProgram.measure(
                            List.of(python, "src/jmh/python/normal_jax.py", "" + jmh.seconds()))
                    .entrySet()
                    .stream()
                    .map(row -> new Row(group, row.getKey(), row.getValue()))
                    .toList();
        } catch (IOException e) {
            return List.of(Row.missing(group, "JAX", e.getMessage()));
        }
    }
}
