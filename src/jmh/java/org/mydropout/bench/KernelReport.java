package org.mydropout.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Compares the kernel with the same algorithm in C, and with JAX, PyTorch and other generators.
 *
 * @param jmh runs the benchmarks on the JVM
 * @param python a Python with JAX and, optionally, PyTorch
 * @param c the same algorithm in C
 */
record KernelReport(Jmh jmh, String python, CProgram c) {

    static final String TITLE = "Dropout at rate 0.1 on one thread, by elements of a vector";

    /** JAX's default layout, in which the other implementations draw, too. */
    static final String DEFAULT_LAYOUT = "partitionable";

    /** The layouts. Each names a benchmark and a function of the C program. */
    private static final List<String> LAYOUTS = List.of(DEFAULT_LAYOUT, "original", "x64");

    private static final Map<String, String> PEERS =
            Map.of(
                    "scalarThreefry", "Java, all rounds in one loop",
                    "splittableRandom", "SplittableRandom (no replay)",
                    "philox4x32", "commons-rng Philox4x32 (no replay)");

    private static final String LIMIT = "limit: C, four vectors in registers";
    private static final String PLAIN_C = "C, plain loop";

    /** Measures all of them; the limit is the first row of each layout. */
    Table measure(List<String> sizes) throws IOException, InterruptedException, RunnerException {
        List<Row> rows = new ArrayList<>(cRows(sizes));
        rows.addAll(javaRows(sizes));
        rows.addAll(pythonRows());
        rows.sort(Comparator.comparingInt(row -> LAYOUTS.indexOf(row.group())));
        return new Table(TITLE, "ns an element", false, rows);
    }

    private List<Row> cRows(List<String> sizes) throws InterruptedException {
        try {
            List<Row> rows = new ArrayList<>();
            Map<String, Map<String, Double>> measured = c.measure(sizes);
            for (String layout : LAYOUTS) {
                String remark = c.isVectorized(layout) ? "" : "not vectorized by the compiler";
                rows.add(new Row(layout, LIMIT, measured.get(layout + " limit")));
                rows.add(new Row(layout, PLAIN_C, measured.get(layout), remark));
            }
            return rows;
        } catch (IOException e) {
            return LAYOUTS.stream()
                    .map(layout -> Row.missing(layout, LIMIT, e.getMessage()))
                    .toList();
        }
    }

    private List<Row> pythonRows() throws InterruptedException {
        if (jmh.avx2()) {
            return List.of();
        }
        List<String> command = List.of(python, "src/jmh/python/dropout_jax.py", "" + jmh.seconds());
        try {
            return ForeignProgram.measure(command).entrySet().stream()
                    .map(row -> new Row(DEFAULT_LAYOUT, row.getKey(), row.getValue()))
                    .toList();
        } catch (IOException e) {
            return List.of(Row.missing(DEFAULT_LAYOUT, "JAX", e.getMessage()));
        }
    }

    private List<Row> javaRows(List<String> sizes) throws IOException, RunnerException {
        String benchmark = KernelBenchmark.class.getName();
        List<Row> rows = new ArrayList<>();
        measure(benchmark, sizes)
                .forEach(
                        (label, values) ->
                                rows.add(
                                        LAYOUTS.contains(label)
                                                ? new Row(label, "MyDropout", values)
                                                : new Row(
                                                        DEFAULT_LAYOUT, PEERS.get(label), values)));
        String vectorApi = "MyDropout, Vector API";
        if (VectorApi.exists()) {
            String layouts = benchmark + "\\.(" + String.join("|", LAYOUTS) + ")";
            measure(layouts, sizes, VectorApi.ARGUMENT)
                    .forEach((layout, values) -> rows.add(new Row(layout, vectorApi, values)));
        } else {
            LAYOUTS.forEach(layout -> rows.add(Row.missing(layout, vectorApi, VectorApi.MISSING)));
        }
        return rows;
    }

    private Map<String, Map<String, Double>> measure(
            String benchmarks, List<String> sizes, String... jvmArguments)
            throws IOException, RunnerException {
        return jmh.measure(
                benchmarks, sizes, (size, nanoseconds) -> nanoseconds / size, jvmArguments);
    }
}
