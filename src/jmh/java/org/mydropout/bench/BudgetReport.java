package org.mydropout.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/**
 * What the time of a record in a pipeline goes into, with the Vector API where there is one. Key
 * and kernel are measured alone; a copy of the vector is what a pipeline that copies takes longer
 * than one that passes the vector on.
 */
record BudgetReport(Jmh jmh) {

    static final String TITLE =
            "Generator, keyBy, MyDropout, discard: the parts, by elements of a vector";

    private static final String DROPOUT = "dropout";
    private static final String IDENTITY = "identity";
    private static final String COPY = "copy";

    /**
     * Measures all parts.
     *
     * @param sizes the sizes of the vectors
     */
    Table measure(List<String> sizes) throws RunnerException, IOException {
        Map<String, Map<String, Double>> jobs =
                jmh.measure(
                        "%s\\.(%s|%s|%s)"
                                .formatted(
                                        PipelineBenchmark.class.getName(), DROPOUT, IDENTITY, COPY),
                        sizes,
                        (size, seconds) -> seconds * 1e9 / jmh.records(size),
                        VectorApi.with(Cluster.HEAP, Cluster.OPEN_LANG, Cluster.OPEN_UTIL));
        Map<String, Double> kernel =
                jmh.measure(
                                KernelBenchmark.class.getName()
                                        + "."
                                        + KernelReport.DEFAULT_LAYOUT
                                        + "$",
                                sizes,
                                (size, nanoseconds) -> nanoseconds,
                                VectorApi.with())
                        .get(KernelReport.DEFAULT_LAYOUT);
        double key =
                Jmh.median(
                        new Runner(jmh.options(KeyDerivationBenchmark.class.getName(), 1).build())
                                .run()
                                .iterator()
                                .next());
        Map<String, Double> copy = new LinkedHashMap<>();
        Map<String, Double> keys = new LinkedHashMap<>();
        Map<String, Double> rest = new LinkedHashMap<>();
        for (String size : sizes) {
            double identity = jobs.get(IDENTITY).get(size);
            copy.put(size, jobs.get(COPY).get(size) - identity);
            keys.put(size, key);
            rest.put(
                    size,
                    jobs.get(DROPOUT).get(size)
                            - identity
                            - copy.get(size)
                            - key
                            - kernel.get(size));
        }
        return new Table(
                TITLE,
                "ns a record",
                false,
                List.of(
                        new Row("", "MyDropout", jobs.get(DROPOUT)),
                        new Row("", "identity in its place", jobs.get(IDENTITY)),
                        new Row("", "a copy of the vector", copy),
                        new Row("", "the key alone", keys),
                        new Row("", "the kernel alone", kernel),
                        new Row("", "what is left", rest)));
    }
}
